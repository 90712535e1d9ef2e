// Asks the program. Nothing else is ever asked: the page makes no request to any other host.
import type { Refusal, RunStatus, Text } from "./types";

/** What the program refused, in words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly text: Text,
  ) {
    super(text.en);
  }
}

/** GET of a page's JSON twin: `get<DocumentPage>(path("d", id))`. */
export function get<T>(page: string, signal?: AbortSignal): Promise<T> {
  return ask<T>("GET", page, undefined, signal);
}

/** POST to an address below /api. */
export function post<T>(page: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return ask<T>("POST", page, body, signal);
}

/** Cancels a run. */
export function cancel(run: string): Promise<RunStatus> {
  return ask<RunStatus>("DELETE", `/runs/${encodeURIComponent(run)}`);
}

async function ask<T>(method: string, page: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await fetch("/api" + page, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    ...(signal ? { signal } : {}),
  });
  if (answer.ok) return (await answer.json()) as T;
  throw new Refused(answer.status, await refusal(answer));
}

async function refusal(answer: Response): Promise<Text> {
  try {
    return ((await answer.json()) as Refusal).error;
  } catch {
    return { zh: `服务没有答复（${answer.status}）`, en: `failed to get an answer (${answer.status})` };
  }
}

/** Follows a run until it ends; `each` is told how far it is. */
export function watch(run: string, each: (status: RunStatus) => void, signal?: AbortSignal): Promise<RunStatus> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/api/runs/${encodeURIComponent(run)}/events`);
    signal?.addEventListener("abort", () => events.close());
    const told = (event: MessageEvent<string>) => {
      const status = JSON.parse(event.data) as RunStatus;
      each(status);
      if (status.state === "waiting" || status.state === "running") return;
      events.close();
      resolve(status);
    };
    events.onmessage = told;
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) reject(new Refused(0, { zh: "与服务的连接断了", en: "failed to stay connected" }));
    };
  });
}

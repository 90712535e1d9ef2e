// Places among peers, as the program gives them: exact on printed figures, an interval where rounding leaves room. The same
// method as `standing::places` of the program, so that a set of peers can be tried before the program confirms it.

export interface Figure {
  id: string;
  /** As a plain decimal; null where the peer has none. */
  value: string | null;
  /** Half of the last digit, as a plain decimal. */
  half: string;
}

export interface Place {
  place: number;
  least: number;
  most: number;
  ties: number;
}

/** The place of each peer that has a figure. A peer without one may stand anywhere, so it widens the worst place. */
export function places(peers: readonly Figure[], highestFirst: boolean): Map<string, Place> {
  const decimals = Math.max(0, ...peers.flatMap(({ value, half }) => [after(value ?? ""), after(half)]));
  const there = peers.flatMap(({ id, value, half }) => {
    if (value === null) return [];
    const at = scaled(value, decimals);
    return [{ id, at: highestFirst ? -at : at, half: scaled(half, decimals) }];
  });
  const missing = peers.length - there.length;
  return new Map(there.map((own) => {
    const ahead = there.filter(({ at }) => at < own.at).length;
    const ties = there.filter(({ at }) => at === own.at).length - 1;
    const surely = there.filter((other) => other.at + other.half < own.at - own.half).length;
    const possibly = there.filter((other) => other !== own && other.at - other.half < own.at + own.half).length;
    return [own.id, { place: ahead + 1, least: surely + 1, most: Math.max(possibly, ahead) + 1 + missing, ties }];
  }));
}

function after(decimal: string): number {
  return decimal.split(".")[1]?.length ?? 0;
}

/** A decimal as a whole number of its last places. */
function scaled(decimal: string, decimals: number): bigint {
  const [, sign = "", whole = "0", rest = ""] = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(decimal.replace("−", "-")) ?? [];
  const value = BigInt((whole || "0") + rest.padEnd(decimals, "0"));
  return sign === "-" ? -value : value;
}

// The fan of years of need: the mean wait by year over all paths of growth, against the limit of service.
import { Linear } from "../../charts/scale";
import { advance, line, px, text, type Scene } from "../../charts/scene";

export interface FanYear {
  year: string;
  /** Mean wait in hours at the quantiles 5, 25, 50, 75, 95 %. */
  waits: [number, number, number, number, number];
  /** Share of paths over a limit. */
  exceed: number;
}

export interface FanWords {
  year: (year: FanYear) => string;
  limit: string;
  /** The first year in which the limit is more likely exceeded than not; null when there is none. */
  need: string | null;
  hours: string;
  /** Where the median leaves the drawing. */
  beyond: string;
}

export function fan(years: FanYear[], limit: number, width: number, words: FanWords): Scene {
  const scene: Scene = { width, height: width < 440 ? 250 : 300, shapes: [], spots: [] };
  if (years.length < 2) return scene;
  const highest = Math.max(...years.map(({ waits }) => waits[4]));
  // What lies far above the limit is cut: there the queue only grows, and how far is no news.
  const most = Math.min(Math.max(limit * 1.6, highest * 1.05), limit * 4);
  const [top, foot] = [26, scene.height - 26];
  const down = new Linear(0, most, foot, top);
  const ticks = down.ticks(5);
  const left = Math.max(...ticks.map((tick) => advance(tick.text, 11))) + 8;
  const step = (width - 14 - left) / (years.length - 1);
  const across = (at: number): number => left + at * step;
  for (const tick of ticks) scene.shapes.push(line(left, down.at(tick.value), width - 8, down.at(tick.value), "line"), text(left - 6, down.at(tick.value) + 4, tick.text, { size: 11, anchor: "end" }));
  scene.shapes.push(text(0, 12, words.hours, { size: 11.5 }));
  const edge = (quantile: number): [number, number][] => years.map(({ waits }, at) => [across(at), down.at(waits[quantile]!)]);
  const path = (points: [number, number][]): string => points.map(([x, y]) => `${px(x)} ${px(y)}`).join("L");
  for (const [low, high, opacity] of [[0, 4, 0.16], [1, 3, 0.26]] as const) {
    scene.shapes.push({ kind: "path", d: `M${path(edge(low))}L${path(edge(high).reverse())}Z`, fill: "own", opacity });
  }
  // The median ends where it leaves the drawing.
  const beyond = years.findIndex(({ waits }) => waits[2] > most);
  const median = edge(2).slice(0, beyond < 0 ? years.length : beyond + 1);
  if (median.length > 1) scene.shapes.push({ kind: "path", d: `M${path(median)}`, stroke: "own", fill: "none", width: 2.4 });
  if (beyond >= 0) {
    const x = across(beyond);
    const right = x + 8 + advance(words.beyond, 12, true) < width;
    scene.shapes.push(text(right ? x + 8 : x - 8, top + 30, words.beyond, { size: 12, bold: true, fill: "own", anchor: right ? "start" : "end", halo: true }));
  }
  const at = years.findIndex(({ exceed }) => exceed >= 0.5);
  if (at >= 0 && words.need) {
    const x = across(at);
    const right = x < width * 0.6;
    scene.shapes.push(line(x, top, x, foot, "ink2", 1, "2 3"), text(right ? x + 5 : x - 5, top + 12, words.need, { size: 12, bold: true, fill: "ink", anchor: right ? "start" : "end", halo: true }));
  }
  const y = down.at(limit);
  scene.shapes.push(line(left, y, width - 8, y, "against", 1.6, "6 4"), text(left + 4, y - 6, words.limit, { size: 11.5, bold: true, fill: "against", halo: true }));
  const every = Math.max(1, Math.ceil((advance("0000", 11) + 14) / step));
  years.forEach((year, i) => {
    if (i % every === 0) scene.shapes.push(text(across(i), foot + 18, year.year, { size: 11, anchor: i === 0 ? "start" : "middle" }));
    scene.spots.push({ x: across(i), y: down.at(year.waits[2]), r: 8, title: year.year, note: words.year(year), series: 0 });
  });
  return scene;
}

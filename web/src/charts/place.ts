// Labels that do not run into each other: places in order of liking, the first that is free is taken.

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

export class Placer {
  #taken: Box[] = [];

  /** Labels keep within these edges. */
  constructor(readonly left: number, readonly right: number) {}

  take(...boxes: Box[]): void {
    this.#taken.push(...boxes);
  }

  free(area: Box): boolean {
    if (area.left < this.left || area.right > this.right) return false;
    return !this.#taken.some((other) => other.left < area.right && area.left < other.right && other.top < area.bottom && area.top < other.bottom);
  }

  /** Takes all boxes of the first candidate that is free in all of them: a label and the line that leads to it. */
  first<T>(candidates: Iterable<{ of: T; boxes: Box[] }>): T | null {
    for (const { of, boxes } of candidates) {
      if (boxes.every((area) => this.free(area))) {
        this.take(...boxes);
        return of;
      }
    }
    return null;
  }

  get top(): number {
    return Math.min(0, ...this.#taken.map((area) => area.top));
  }

  get bottom(): number {
    return Math.max(0, ...this.#taken.map((area) => area.bottom));
  }
}

/** Moves labels of one column apart, each as little as can be, in the order they stand; answers where each ends up. */
export function spread(wished: number[], height: number, top: number, bottom: number): number[] {
  const order = wished.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  const gap = Math.min(height, (bottom - top) / Math.max(order.length - 1, 1));
  const placed = order.map(({ at }) => at);
  for (let i = 0; i < placed.length; i++) placed[i] = Math.max(placed[i]!, i === 0 ? top : placed[i - 1]! + gap);
  for (let i = placed.length - 1; i >= 0; i--) placed[i] = Math.min(placed[i]!, i === placed.length - 1 ? bottom : placed[i + 1]! - gap);
  const out = [...wished];
  order.forEach(({ i }, at) => (out[i] = placed[at]!));
  return out;
}

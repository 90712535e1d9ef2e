// From values to pixels, and the round numbers an axis names.
//
// Ticks follow P. S. Heckbert, “Nice numbers for graph labels”, Graphics Gems (1990): the step is 1, 2 or 5 times a power
// of ten, the one nearest to the range over the wished number of steps. Labels lie within the range.

export interface Tick {
  value: number;
  text: string;
}

/** A linear scale. Its domain is never empty, and what lies beyond it lies on its edge. */
export class Linear {
  readonly low: number;
  readonly high: number;

  constructor(low: number, high: number, readonly from: number, readonly to: number) {
    const [least, most] = Number.isFinite(low) && Number.isFinite(high) ? [Math.min(low, high), Math.max(low, high)] : [0, 1];
    const flat = most - least <= Number.EPSILON * Math.max(Math.abs(least), Math.abs(most), 1);
    const room = flat ? Math.max(Math.abs(least) * 0.1, 0.5) : 0;
    this.low = least - room;
    this.high = most + room;
  }

  at(value: number): number {
    const share = Math.min(Math.max((value - this.low) / (this.high - this.low), 0), 1);
    return this.from + (Number.isFinite(share) ? share : 0) * (this.to - this.from);
  }

  holds(value: number): boolean {
    return value >= this.low && value <= this.high;
  }

  ticks(wished: number): Tick[] {
    return ticks(this.low, this.high, wished);
  }
}

function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const fraction = value / power;
  return power * (fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10);
}

/** Round numbers within a range, about `wished` of them, with as many decimals as their step needs. */
export function ticks(low: number, high: number, wished: number): Tick[] {
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return [];
  const step = nice((high - low) / Math.max(wished - 1, 1));
  if (!Number.isFinite(step) || step <= 0) return [];
  const decimals = Math.min(Math.max(-Math.floor(Math.log10(step)), 0), 12);
  const first = Math.ceil(low / step - 1e-9);
  const out: Tick[] = [];
  for (let i = 0; i < 100; i++) {
    const value = (first + i) * step;
    if (value > high + step * 1e-9) break;
    out.push({ value, text: printed(value, decimals) });
  }
  return out;
}

function printed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  if (/^-?[0.]*$/.test(text)) return text.replace("-", "");
  const [whole = "", rest] = text.replace("-", "").split(".");
  return (value < 0 ? "−" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
}

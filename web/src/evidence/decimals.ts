// Exact decimals: figures come as strings and are never put through a float where they are printed.

interface Decimal {
  digits: bigint;
  scale: number;
}

function parse(text: string): Decimal | null {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim().replace("−", "-"));
  if (!found) return null;
  const [, sign = "", whole = "0", rest = ""] = found;
  return { digits: BigInt(sign + whole + rest), scale: rest.length };
}

function print({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? "-" : "";
  const plain = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  return sign + (scale === 0 ? plain : `${plain.slice(0, -scale)}.${plain.slice(-scale)}`);
}

function level(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale];
}

/** Without zeros at the end. */
export function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** `a + b · steps`, exactly. */
export function stepped(a: string, b: string, steps: number): string {
  const [x, y] = [parse(a), parse(b)];
  if (!x || !y) return a;
  const [from, by, scale] = level(x, y);
  return print({ digits: from + by * BigInt(steps), scale });
}

/** `|a − b|`, exactly, without zeros at the end. */
export function apart(a: string, b: string): string {
  const [x, y] = [parse(a), parse(b)];
  if (!x || !y) return a;
  const [one, other, scale] = level(x, y);
  return trimmed(print({ digits: one > other ? one - other : other - one, scale }));
}

/** Which of two is greater: −1, 0, 1. */
export function compared(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)];
  if (!x || !y) return 0;
  const [one, other] = level(x, y);
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How many steps lie between. */
export function stepsBetween(from: string, to: string, step: string): number {
  const [a, b, by] = [parse(from), parse(to), parse(step)];
  if (!a || !b || !by || by.digits === 0n) return 0;
  const scale = Math.max(a.scale, b.scale, by.scale);
  const at = (value: Decimal): bigint => value.digits * 10n ** BigInt(scale - value.scale);
  return Number((at(b) - at(a)) / at(by));
}

/** The decimal whose rounding an interval is, with the digits it was printed with: [3.495, 3.505] is 3.50. */
export function rounded(low: string, high: string): string | null {
  const [a, b] = [parse(low), parse(high)];
  if (!a || !b) return null;
  const [least, most, scale] = level(a, b);
  const [sum, width] = [least + most, most - least];
  if (width === 0n) return print({ digits: least, scale });
  // Twice the half: a power of ten, the weight of the last digit.
  const power = width.toString();
  if (!/^10*$/.test(power)) return null;
  const places = scale - (power.length - 1);
  const middle = { digits: sum * 5n, scale: scale + 1 };
  const text = print(middle);
  const cut = middle.scale - Math.max(places, 0);
  if (cut > 0 && middle.digits % 10n ** BigInt(cut) !== 0n) return null;
  return cut > 0 ? print({ digits: middle.digits / 10n ** BigInt(cut), scale: Math.max(places, 0) }) : text;
}

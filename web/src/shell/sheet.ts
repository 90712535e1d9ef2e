// Where a sheet comes to rest.

/** Parts of the screen's height. */
export const FULL = 0.86;
export const HALF = 0.5;

/** Faster than this, in pixels a millisecond, is a flick. */
const FLICK = 0.8;

/** The height a sheet settles at when it is let go at `part` of the screen, moving down at `speed`; 0 closes it. */
export function settle(part: number, speed: number): number {
  if (speed > FLICK) return part > HALF + 0.06 && speed < 3 * FLICK ? HALF : 0;
  if (speed < -FLICK) return FULL;
  return [FULL, HALF, 0].reduce((best, stop) => (Math.abs(stop - part) < Math.abs(best - part) ? stop : best));
}

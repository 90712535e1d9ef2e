// Which pictures say nothing new.
import type { Exhibit } from "../api/types";

/** Whether one picture shows nothing that the other does not show: seven years of eight. */
export function partOf(one: Exhibit, other: Exhibit): boolean {
  return one.mark === other.mark && one.points.every((point) => other.points.some((held) => held.label.zh === point.label.zh && held.value === point.value && held.most === point.most));
}

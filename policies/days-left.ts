import type { Waiver } from "../model/waiver";

const DAY = 86_400_000;

/** Whole days after today on which a waiver holds: 0 on its last day, less where it has expired. A day ends in UTC. */
export function daysLeft({ expires }: Pick<Waiver, "expires">, today: Date): number {
  return Math.round((Date.parse(`${expires}T00:00:00Z`) - Math.floor(today.getTime() / DAY) * DAY) / DAY);
}

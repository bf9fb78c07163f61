import type { Waiver } from "../model/waiver";

const DAY = 86_400_000;

/** Whole days after today on which a waiver holds: 0 on its last day, less where it has expired. A day ends in UTC. */
export function daysLeft({ expires }: Pick<Waiver, "expires">, today: Date): number {
  return Math.round((Date.parse(`${expires}T00:00:00Z`) - Math.floor(today.getTime() / DAY) * DAY) / DAY);
}

/** `until 2027-05-31 (191 days left), OPS-12: sized after the first month` */
export function waiverLine({ expires, ticket, reason }: Waiver, left: number): string {
  const days = left === 0 ? "its last day" : `${left} ${left === 1 ? "day" : "days"} left`;
  return `until ${expires} (${days})${ticket === undefined ? "" : `, ${ticket}`}: ${reason}`;
}

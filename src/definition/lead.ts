import type { Status } from "./status.ts";

/** An operator has an item serve first for a while, whatever its status and priority are. */
export interface Lead {
  /** ISO 8601, UTC: when it stands again where its status and priority put it. */
  readonly until: string;
  /** Who put it first. */
  readonly by: string;
  /** ISO 8601, UTC: since when it has been first. */
  readonly since: string;
}

type MaybeLead = Lead | null | undefined;

/** When a lead ends, in epoch milliseconds. */
export const endOfLead = ({ until }: Lead): number => Date.parse(until);

/** The lead, unless it has ended by a time of day in epoch milliseconds. */
export const leadAt = (lead: MaybeLead, now: number): Lead | null =>
  lead && endOfLead(lead) > now ? lead : null;

/** Whether two leads, or their absence, say the same. */
export const isSameLead = (one: MaybeLead, other: MaybeLead): boolean =>
  one && other
    ? one.until === other.until && one.by === other.by && one.since === other.since
    : !one && !other;

/** The status by which an item is served: one that leads is active. */
export const statusInForce = ({
  status,
  lead,
}: {
  readonly status: Status;
  readonly lead?: Lead | null | undefined;
}): Status => (lead ? "active" : status);

import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import { EventRegister } from "../../store/event-register.ts";
import { eventsKeptMs } from "../../store/event-row.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../../time/clock.ts";
import { requireType } from "../item-of.ts";
import { bringUpToDate, type View } from "../view.ts";
import { gatherEvents, type TimelineEntry, type TimelineQuery, timelineChange } from "./timeline.ts";

/** What happened to a type, and what people did, in one line of time. */
export interface TimelineCalls {
  /**
   * What happened to a type, the latest first: which items took over, which failed and recovered, in how many processes,
   * and who changed what. Each process notes what happens in it as it beats, at most once in 10 s of one item and kind:
   * what comes and goes within that time may be missing. With `heartbeatMs: false` it notes nothing. It is kept for 14 days.
   *
   * @throws TypeNotFoundError, InvalidOptionError, UnknownOptionError, ClosedError; what the database says
   * @example
   * const entries = await plugbay.control.timeline(type.id, { since: "2030-01-31T08:00:00Z" });
   * for (const { at, kind } of entries) console.log(at, kind);
   */
  timeline(typeId: string, query?: TimelineQuery): Promise<TimelineEntry[]>;
}

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly clock: Clock;
}

const mostEntries = 200;

/** A fleet notes much the same many times. */
const mostRows = 2_000;

/** As many of a change set are looked at to find those of the type. */
const mostLookedAt = 50;

export const timelineCalls = ({ view, store, clock }: Parts): TimelineCalls => ({
  async timeline(typeId, query = {}) {
    checkKnown("timeline", query, { since: true, limit: true });
    const { limit = 50, since } = query;
    if (!Number.isInteger(limit) || limit < 1 || limit > mostEntries)
      throw new InvalidOptionError("limit", limit, `it is an integer from 1 to ${mostEntries}`);
    const sinceMs = since === undefined ? clock.now() - eventsKeptMs : Date.parse(since);
    if (Number.isNaN(sinceMs)) throw new InvalidOptionError("since", since, "it is a time in ISO 8601");
    await bringUpToDate(view);
    requireType(view.snapshot, typeId);
    const from = new Date(sinceMs).toISOString();
    const [rows, sets, fleet] = await Promise.all([
      store.register((place) => new EventRegister(place)).ofType(typeId, sinceMs, mostRows),
      store.changeSets({ typeId, since: from, limit, mostEntries: mostLookedAt }),
      view.fleet.recent(),
    ]);
    const entries = [...gatherEvents(rows, fleet), ...sets.flatMap((set) => timelineChange(set, typeId))];
    return entries.sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0)).slice(0, limit);
  },
});

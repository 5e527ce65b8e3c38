import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import type { Store } from "../../store/store.ts";
import type { TrafficSubject } from "../../store/traffic-row.ts";
import type { Clock } from "../../time/clock.ts";
import { requireType } from "../item-of.ts";
import type { View } from "../view.ts";
import type { Recent } from "./recent.ts";
import { Series, Steps } from "./steps.ts";
import type {
  RecentSubject,
  RecentTraffic,
  RecentTrafficQuery,
  Traffic,
  TrafficOverview,
  TrafficQuery,
} from "./traffic-query.ts";

/** What calls came to: those through `run`, `service`, `stream` and `runAll`, in all processes. Calls of what `get` gives are not seen. */
export interface TrafficCalls {
  /**
   * The calls of a type and its items in the last hour or the last 14 days. It is up to 10 seconds old, and answered
   * from what was read up to 2 seconds before. Steps go by the processes' time of day.
   *
   * @throws TypeNotFoundError, InvalidOptionError, UnknownOptionError, ClosedError; what the database says
   * @example
   * const { total, items } = await plugbay.control.traffic({ typeId: type.id, range: "14d" });
   * console.log(`${total.failures} of ${total.calls} failed, ${total.rescued} of these were served by another`);
   */
  traffic(query: TrafficQuery): Promise<Traffic>;

  /**
   * The last hour of types or items, for lists: those without calls are left out.
   *
   * @throws InvalidOptionError, UnknownOptionError, ClosedError; what the database says
   * @example
   * const { subjects } = await plugbay.control.recentTraffic({ itemIds: page.items.map(({ id }) => id) });
   */
  recentTraffic(query: RecentTrafficQuery): Promise<RecentTraffic>;

  /**
   * The last hour of all types together, and the types with the most failures.
   *
   * @throws ClosedError; what the database says
   * @example
   * const { total, troubled } = await plugbay.control.trafficOverview();
   */
  trafficOverview(): Promise<TrafficOverview>;
}

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly clock: Clock;
  /** What was read a moment ago. */
  readonly recent: Recent;
}

/** So many items of a type are told one by one. */
const mostItems = 50;
/** So many types with failures are named. */
const mostTroubled = 10;
const mostSubjects = 200;

const ofAll: TrafficSubject = { typeId: "", itemId: "" };

export const trafficCalls = ({ view, store, clock, recent }: Parts): TrafficCalls => {
  const checkOpen = (): Store["traffic"] => {
    store.checkLast();
    return store.traffic;
  };
  return {
    async traffic(query) {
      checkKnown("traffic", query, { typeId: true, range: true });
      const { typeId, range = "hour" } = query;
      if (range !== "hour" && range !== "14d") {
        throw new InvalidOptionError("range", range, `it is "hour" or "14d"`);
      }
      requireType(view.snapshot, typeId);
      return recent.get(`${range} ${typeId}`, () =>
        readType(checkOpen(), typeId, new Steps(range, clock.now())),
      );
    },
    async recentTraffic(query) {
      checkKnown("recentTraffic", query, { typeIds: true, itemIds: true });
      const { typeIds = [], itemIds = [] } = query;
      if (typeIds.length + itemIds.length > mostSubjects) {
        throw new InvalidOptionError(
          "typeIds, itemIds",
          typeIds.length + itemIds.length,
          `they are ${mostSubjects} at most`,
        );
      }
      const subjects = [
        ...typeIds.map((typeId) => ({ typeId, itemId: "" })),
        ...itemIds.flatMap((itemId) => {
          const item = view.snapshot.item(itemId);
          return item ? [{ typeId: item.typeId, itemId }] : [];
        }),
      ];
      const key = subjects
        .map(({ typeId, itemId }) => itemId || typeId)
        .sort()
        .join();
      return recent.get(`recent ${key}`, () =>
        readRecent(checkOpen(), subjects, new Steps("hour", clock.now())),
      );
    },
    trafficOverview: async () =>
      recent.get("overview", () => readAll(checkOpen(), new Steps("hour", clock.now()))),
  };
};

async function readType(register: Store["traffic"], typeId: string, steps: Steps): Promise<Traffic> {
  const units = steps.stepMs < 3_600_000 ? (["minute"] as const) : (["part", "hour"] as const);
  const rows = await register.ofType(typeId, { units, since: steps.since });
  const all = new Series(steps);
  const items = new Map<string, Series>();
  for (const row of rows) {
    let series = row.itemId === "" ? all : items.get(row.itemId);
    if (series === undefined) {
      series = new Series(steps);
      items.set(row.itemId, series);
    }
    series.add(row.startsAt, row);
  }
  const most = [...items].sort(([, one], [, other]) => other.calls - one.calls).slice(0, mostItems);
  return {
    ...steps.scale,
    ...all.steps,
    ...{ total: all.total, p50: all.quantiles(0.5), p95: all.quantiles(0.95) },
    items: most.map(([itemId, series]) => ({ itemId, ...series.steps, total: series.total })),
  };
}

async function readRecent(
  register: Store["traffic"],
  subjects: readonly TrafficSubject[],
  steps: Steps,
): Promise<RecentTraffic> {
  const found = new Map<
    string,
    RecentSubject & { readonly byMinute: number[]; readonly failuresByMinute: number[] }
  >();
  for (const sum of await register.sums(subjects, { units: ["minute"], since: steps.since })) {
    const step = steps.at(sum.startsAt);
    if (step === undefined) continue;
    const id = sum.itemId || sum.typeId;
    const known = found.get(id) ?? {
      ...{ calls: 0, failures: 0, rescued: 0 },
      ...{ byMinute: steps.zeros(), failuresByMinute: steps.zeros() },
    };
    known.byMinute[step] = sum.calls;
    known.failuresByMinute[step] = sum.failures;
    const { calls, failures, rescued } = known;
    found.set(id, {
      ...known,
      ...{ calls: calls + sum.calls, failures: failures + sum.failures, rescued: rescued + sum.rescued },
    });
  }
  return { ...steps.scale, subjects: found };
}

async function readAll(register: Store["traffic"], steps: Steps): Promise<TrafficOverview> {
  const all = new Series(steps);
  const failures = new Map<string, number>();
  for (const row of await register.of([ofAll], { units: ["minute"], since: steps.since })) {
    all.add(row.startsAt, row);
    for (const [typeId, count] of row.troubled) failures.set(typeId, (failures.get(typeId) ?? 0) + count);
  }
  const worst = [...failures].sort(([, one], [, other]) => other - one).slice(0, mostTroubled);
  const types = worst.map(([typeId]) => ({ typeId, itemId: "" }));
  const { subjects } = await readRecent(register, types, steps);
  const troubled = worst.flatMap(([typeId]) => {
    const found = subjects.get(typeId);
    if (found === undefined) return [];
    const { calls, failures: failed, rescued } = found;
    return [{ typeId, calls, failures: failed, rescued }];
  });
  return { ...steps.scale, ...all.steps, total: all.total, troubled };
}

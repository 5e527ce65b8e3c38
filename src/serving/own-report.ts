import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { ProcessReport, ReportedTrouble, ServedType } from "../store/process-row.ts";
import type { Clock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";
import type { Offers } from "./offers.ts";
import { servedHow } from "./serves-how.ts";
import { troubleOf } from "./trouble-of.ts";

interface OwnReportOptions {
  readonly clock: Clock;
  readonly offers: Offers;
  readonly snapshot: () => Snapshot;
  readonly readiness: (item: PluginItem) => Readiness;
  /** Whether an item is in use, and of a type that this process has in its code. */
  readonly isWanted: (item: PluginItem) => boolean;
}

/**
 * What this process has to say of itself: what serves, by type, and what is wrong with items. A change only notes which
 * of them to look at again; that is done when the report is asked for, so a call that opens a circuit pays next to nothing.
 */
export class OwnReport {
  readonly #options: OwnReportOptions;
  readonly #changedTypes = new Set<AnyPluginType>();
  readonly #changedItems = new Set<string>();
  readonly #serves = new Map<AnyPluginType, ServedType>();
  readonly #troubles = new Map<string, ReportedTrouble>();
  #version = 0;

  constructor(options: OwnReportOptions) {
    this.#options = options;
  }

  /** These may have changed, in themselves or in what was found about them. */
  note(types: Iterable<AnyPluginType>, itemIds: Iterable<string>): void {
    for (const type of types) this.#changedTypes.add(type);
    for (const id of itemIds) this.#changedItems.add(id);
  }

  /** Another number whenever there is something else to say. */
  version(): number {
    let hasChanged = false;
    for (const type of this.#changedTypes) if (this.#lookAtType(type)) hasChanged = true;
    this.#changedTypes.clear();
    for (const id of this.#changedItems) if (this.#lookAtItem(id)) hasChanged = true;
    this.#changedItems.clear();
    if (hasChanged) this.#version += 1;
    return this.#version;
  }

  /** As of the last call of `version`. */
  content(): ProcessReport {
    return { serves: [...this.#serves.values()], troubles: [...this.#troubles.values()] };
  }

  #lookAtType(type: AnyPluginType): boolean {
    const { offers, snapshot, clock } = this.#options;
    const known = this.#serves.get(type);
    const row = snapshot().byIdentity.get(type.manager, type.name)?.row;
    const served = row && servedHow(type, offers);
    if (!served) return this.#serves.delete(type);
    const typeId = row.id;
    const itemId = served.item?.id ?? null;
    if (known?.typeId === typeId && known.itemId === itemId && known.how === served.how) return false;
    this.#serves.set(type, { typeId, itemId, how: served.how, since: isoTime(clock) });
    return true;
  }

  #lookAtItem(id: string): boolean {
    const { snapshot, readiness, isWanted, clock } = this.#options;
    const known = this.#troubles.get(id);
    const item = snapshot().item(id);
    const found = item && isWanted(item) ? troubleOf(item, readiness(item)) : undefined;
    if (found === undefined) return this.#troubles.delete(id);
    const isSameState = known?.state === found.state;
    const trouble = { since: isSameState ? known.since : isoTime(clock), ...found };
    if (isSameState && isSame(known, trouble)) return false;
    this.#troubles.set(id, trouble);
    return true;
  }
}

const isSame = (one: ReportedTrouble, other: ReportedTrouble): boolean =>
  one.since === other.since &&
  one.message === other.message &&
  one.until === other.until &&
  one.failedCalls === other.failedCalls;

import { describeType, itemLabel } from "../../definition/describe.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { Note, Notes } from "../../store/notes.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import { warn } from "../../warn.ts";
import type { ToldChange } from "./alert-message.ts";
import type { AlertTarget } from "./alert-target.ts";
import { givenUpAfterMs, pauseAfter, quietMs } from "./delivery.ts";
import { post } from "./post.ts";

interface ChangeAlertsOptions {
  readonly targets: readonly AlertTarget[];
  readonly store: Store;
  readonly clock: Clock;
  readonly snapshot: () => Snapshot;
}

/** Up to which revision a target was told, and when it may be told again, in epoch milliseconds by the database's time. */
interface Told {
  readonly revision: number;
  readonly quietUntil: number;
  /** The tries since the last message that arrived; absent where none failed. */
  readonly failing?: { readonly since: number; readonly tries: number };
}

/** How many changes are read, and told at once. */
const most = { read: 1_000, told: 50 };

/** Tells targets that want it what operators change, once a minute at most. */
export class ChangeAlerts {
  readonly #options: ChangeAlertsOptions;
  readonly #notes: Notes;

  constructor(options: ChangeAlertsOptions, notes: Notes) {
    this.#options = options;
    this.#notes = notes;
  }

  async tell(notes: ReadonlyMap<string, Note>, now: number): Promise<void> {
    for (const target of this.#options.targets) if (target.on.changes) await this.#tell(target, notes, now);
  }

  async #tell(target: AlertTarget, notes: ReadonlyMap<string, Note>, now: number): Promise<void> {
    const { store, clock, snapshot } = this.#options;
    const id = this.#notes.idOf(target.id);
    const note = notes.get(id);
    const told = note?.state as Told | undefined;
    const { revision: newest } = snapshot();
    if (!Number.isFinite(told?.revision) || !Number.isFinite(told?.quietUntil) || told === undefined) {
      await this.#notes.save(id, note, { revision: newest, quietUntil: 0 } satisfies Told);
      return;
    }
    if (newest <= told.revision || now < told.quietUntil) return;
    if (now - (told.failing?.since ?? now) > givenUpAfterMs) {
      const dropped = await this.#notes.save(id, note, { revision: newest, quietUntil: 0 } satisfies Told);
      if (dropped === undefined || dropped === "overtaken") return;
      const cause = new Error("no message about them arrived for a day");
      warn(`changes up to revision ${newest} are not told to ${target.name} any more`, cause);
      return;
    }
    const entries = (await store.history({ limit: most.read })).filter(
      ({ revision }) => revision > told.revision && revision <= newest,
    );
    const changes = entries.filter((entry) => this.#isFor(target, entry)).reverse();
    const { told: some, upTo = newest } = wholeRevisions(changes);
    const { failing = { since: now, tries: 0 } } = told;
    const tried = { since: failing.since, tries: failing.tries + 1 };
    const next: Told =
      some.length === 0
        ? { revision: upTo, quietUntil: 0 }
        : { revision: told.revision, quietUntil: now + quietMs, failing: tried };
    const claimed = await this.#notes.save(id, note, next);
    if (some.length === 0 || claimed === undefined || claimed === "overtaken") return;
    const more = changes.filter(({ revision }) => revision <= upTo).length - some.length;
    const data = { namespace: store.namespace, changes: some.map((entry) => this.#told(entry)), more };
    const message = { type: "items.changed", timestamp: isoTime(clock), data } as const;
    const posted = await post(target.request(message, this.#notes.idOf(target.id, String(upTo))));
    if (posted.kind === "sent") {
      await this.#notes.save(id, claimed, { revision: upTo, quietUntil: now + quietMs } satisfies Told);
      return;
    }
    const quietUntil = now + Math.max(quietMs, pauseAfter(tried.tries, Math.random));
    await this.#notes.save(id, claimed, { ...next, quietUntil } satisfies Told);
    if (tried.tries === 1)
      warn(`changes could not be told to ${target.name}, which is tried again`, new Error(posted.problem));
  }

  /** What a deployment changes is no operator's decision here, nor is what was taken over from Django. */
  #isFor({ on: { types } }: AlertTarget, { source, typeId }: AuditEntry): boolean {
    if (source === "sync" || source === "django") return false;
    const type = this.#options.snapshot().types.get(typeId)?.row;
    return (
      types === undefined ||
      types.some(({ manager, name }) => manager === type?.manager && name === type.name)
    );
  }

  #told({
    revision,
    at,
    actor,
    source,
    reason,
    action,
    entity,
    entityId,
    typeId,
    before,
    after,
  }: AuditEntry): ToldChange {
    const snapshot = this.#options.snapshot();
    const type = snapshot.types.get(typeId)?.row;
    const item = entity === "item" ? snapshot.item(entityId) : undefined;
    const ofType = type ? describeType(type) : `plugin type ${typeId}`;
    const subject = entity === "type" ? ofType : `item ${item ? itemLabel(item) : entityId} of ${ofType}`;
    const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
    return { revision, at, actor, source, reason, action, subject, fields };
  }
}

/**
 * As many changes as are told at once, and up to which revision; the next message begins behind that. So a revision that
 * would be cut waits for the next message, and of one that is too large by itself only the first are told.
 */
function wholeRevisions(changes: readonly AuditEntry[]): {
  readonly told: readonly AuditEntry[];
  readonly upTo?: number;
} {
  const next = changes[most.told];
  if (next === undefined) return { told: changes };
  const first = changes.slice(0, most.told);
  const whole = first.filter(({ revision }) => revision !== next.revision);
  const told = whole.length > 0 ? whole : first;
  return { told, upTo: told.at(-1)?.revision ?? next.revision };
}

import type { SchemaWait } from "../../definition/check-config.ts";
import type { Registry } from "../../registry/registry.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { Author } from "../../store/change.ts";
import { type PastEntry, takeOver } from "../../store/django/take-over.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { SqlStore } from "../../store/sql-store.ts";
import { GivenUp } from "../../store/writing/given-up.ts";
import { pluginsToConfigure } from "../../sync/plugins-to-configure.ts";
import { isoTime } from "../../time/iso-time.ts";
import type { DjangoData, DjangoItemData } from "./django-data.ts";
import type { DjangoPlan } from "./django-plan.ts";
import { DjangoIdConflictError } from "./errors.ts";
import { type MatchedType, matchRows } from "./match-rows.ts";
import { type DjangoWork, planDjango } from "./plan-django.ts";

/** Takes over what a database of django-plugin-system holds: its ids, its decisions and its history. */
export class DjangoTakeOver {
  readonly #data: DjangoData;
  readonly #registry: Registry;
  readonly #store: SqlStore;
  readonly #wait: SchemaWait;

  constructor(data: DjangoData, registry: Registry, store: SqlStore, wait: SchemaWait) {
    this.#data = data;
    this.#registry = registry;
    this.#store = store;
    this.#wait = wait;
  }

  /** @throws DjangoIdConflictError */
  async plan(): Promise<DjangoPlan> {
    return (await this.#prepare()).plan;
  }

  /**
   * All of it in one transaction. It is planned outside of that, and anew where somebody else was faster.
   *
   * @throws DjangoIdConflictError
   */
  async run(author: Omit<Author, "source">): Promise<DjangoPlan> {
    for (let attempt = 1; ; attempt += 1) {
      const work = await this.#prepare();
      try {
        await this.#write(work, author);
        return work.plan;
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === mostAttempts) throw refusalOf(error, this.#store);
      }
    }
  }

  async #write(
    { plan, changes, renumberings, past }: DjangoWork,
    author: Omit<Author, "source">,
  ): Promise<void> {
    if (changes.length + past.length === 0) return;
    const decide: Parameters<SqlStore["write"]>[1] = async (current) => {
      if (!(await current.isAt(plan))) throw new Overtaken("others have changed something since");
      return changes;
    };
    await this.#store.write({ ...author, source: "django" }, decide, {
      prologue: takeOver(renumberings, past),
    });
  }

  async #prepare(): Promise<DjangoWork> {
    const { missing } = this.#data;
    const rows = await this.#store.readAll();
    const matched = matchRows(this.#data, this.#registry, rows);
    const { past, leftOut } = this.#past();
    return planDjango(matched, {
      rows,
      decided: await this.#decided(matched),
      toConfigure: await pluginsToConfigure(this.#registry, this.#wait),
      now: isoTime(this.#store.clock),
      past: withoutKnown(past, await this.#store.history({ source: "django", limit: mostEntries })),
      ...{ entriesLeftOut: leftOut, missingTables: missing },
    });
  }

  /** Of what no longer exists nobody knows the type; and its entries would be of no item. */
  #past(): { readonly past: PastEntry[]; readonly leftOut: number } {
    const types = new Set(this.#data.types.map(({ id }) => id));
    const typeOf = new Map(this.#data.items.map(({ id, type }) => [id, type.id]));
    const past = this.#data.edits.flatMap(({ entity, entityId, action, actor, message, at }): PastEntry[] => {
      const typeId = entity === "item" ? typeOf.get(entityId) : types.has(entityId) ? entityId : undefined;
      if (typeId === undefined || action === "delete") return [];
      return [{ entity, entityId, typeId, action, actor, reason: message, at }];
    });
    return { past, leftOut: this.#data.edits.length - past.length };
  }

  /** What a sync or an earlier run has made, and nobody else has changed, is not decided on. */
  async #decided(types: readonly MatchedType[]): Promise<ReadonlySet<string>> {
    const decided = new Set<string>();
    for (const { data, row } of types.flatMap(({ items }) => items)) {
      if (row === undefined || isSame(row, data)) continue;
      if (holdsDecision(row) || (await this.#isEdited(row))) decided.add(row.id);
    }
    return decided;
  }

  async #isEdited({ id }: ItemRow): Promise<boolean> {
    const entries = await this.#store.history({ entityId: id, limit: mostEntries });
    return entries.some(
      ({ source, action }) => source !== "sync" && source !== "django" && action !== "check",
    );
  }
}

/** Entries that are read of the history at once: more than anybody makes by hand. */
const mostEntries = 1_000_000;

const mostAttempts = 5;

class Overtaken extends GivenUp {}

const holdsDecision = ({ managed, config, hold, lead, retiredBy }: ItemRow): boolean =>
  managed !== null || config !== null || hold !== null || lead !== null || retiredBy === "operator";

const isSame = (row: ItemRow, data: DjangoItemData): boolean =>
  (["id", "status", "priority", "description"] as const).every((field) => row[field] === data[field]);

/** The entries that no earlier run has written, one for one. */
function withoutKnown(past: readonly PastEntry[], known: readonly AuditEntry[]): PastEntry[] {
  const counts = new Map<string, number>();
  for (const entry of known) {
    if (entry.before !== null || entry.after !== null) continue;
    counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
  }
  return past.filter((entry) => {
    const left = counts.get(keyOf(entry)) ?? 0;
    counts.set(keyOf(entry), left - 1);
    return left <= 0;
  });
}

const keyOf = ({
  entityId,
  action,
  actor,
  reason,
  at,
}: Pick<AuditEntry, "entityId" | "action" | "actor" | "reason" | "at">) =>
  JSON.stringify([entityId, action, actor, reason, at]);

/** What the database itself refuses: it knows who points at an id, and whether another namespace has it. */
function refusalOf(error: unknown, store: SqlStore): unknown {
  if (error instanceof Overtaken)
    return new DjangoIdConflictError(["others are changing items at this moment; run it again"], error);
  const kind = store.dialect.meaningOf(error)?.kind;
  if (kind === "foreign-key") {
    const why =
      "foreign keys of the application point at an id that is to be replaced; let them go first, or have them";
    return new DjangoIdConflictError([`${why} follow ("on update cascade")`], error);
  }
  if (kind !== "unique") return error;
  return new DjangoIdConflictError(
    ["one of Django's ids is in use in another namespace of this database"],
    error,
  );
}

import { describeType, itemLabel } from "../../definition/describe.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import { PairMap } from "../../definition/pair-map.ts";
import type { Plugin } from "../../definition/plugin.ts";
import type { RowChange } from "../../store/change.ts";
import type { PastEntry, Renumbering } from "../../store/django/take-over.ts";
import { newItemRow } from "../../store/new-row.ts";
import type { ItemRow, Rows, TypeRow } from "../../store/rows.ts";
import { formerNames } from "../../sync/former-names.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";
import type { DjangoItemData } from "./django-data.ts";
import type { DjangoCounts, DjangoPlan, NamedItem, NewId } from "./django-plan.ts";
import { DjangoIdConflictError } from "./errors.ts";
import type { MatchedItem, MatchedType } from "./match-rows.ts";

interface PlanContext {
  readonly rows: Rows;
  /** The items that an operator decided something of here: that counts more than what Django says. */
  readonly decided: ReadonlySet<string>;
  readonly toConfigure: ReadonlySet<Plugin>;
  /** ISO 8601 */
  readonly now: string;
  readonly past: readonly PastEntry[];
  readonly entriesLeftOut: number;
  readonly missingTables: readonly string[];
}

/** What a plan writes: its changes, and those of rows that get another id, of which the old one is purged. */
export interface DjangoWork {
  readonly plan: DjangoPlan;
  readonly changes: readonly RowChange[];
  readonly renumberings: readonly Renumbering[];
  readonly past: readonly PastEntry[];
}

/**
 * Plans what becomes of the rows. Pure.
 *
 * @throws DjangoIdConflictError with all rows whose ids cannot be replaced
 */
export function planDjango(types: readonly MatchedType[], context: PlanContext): DjangoWork {
  const planner = new DjangoPlanner(context);
  for (const type of types) planner.type(type);
  return planner.work();
}

class DjangoPlanner {
  readonly #context: PlanContext;
  readonly #shown: SyncChange[] = [];
  readonly #written: RowChange[] = [];
  readonly #renumberings: Renumbering[] = [];
  readonly #newIds: NewId[] = [];
  readonly #problems: string[] = [];
  readonly #decidedHere: NamedItem[] = [];
  readonly #unregistered: NamedItem[] = [];
  readonly #toConfigure: NamedItem[] = [];
  readonly #typeNames = new PairMap<string>();
  readonly #counts: { -readonly [Name in keyof DjangoCounts]: number } = {
    ...{ typesCreated: 0, typesRenumbered: 0, typesFound: 0 },
    ...{ itemsCreated: 0, itemsRenumbered: 0, itemsUpdated: 0, itemsFound: 0 },
    entries: 0,
  };

  constructor(context: PlanContext) {
    this.#context = context;
  }

  work(): DjangoWork {
    if (this.#problems.length > 0) throw new DjangoIdConflictError(this.#problems);
    const { rows, past, entriesLeftOut, missingTables } = this.#context;
    const { revision, revisionId } = rows;
    return {
      plan: {
        ...{ revision, revisionId, changes: this.#shown, newIds: this.#newIds },
        counts: { ...this.#counts, entries: past.length },
        decidedHere: this.#decidedHere,
        unregistered: this.#unregistered,
        toConfigure: this.#toConfigure,
        ...{ entriesLeftOut, missingTables },
      },
      changes: this.#written,
      renumberings: this.#renumberings,
      past,
    };
  }

  type({ data, type, row, items }: MatchedType): void {
    const { id, description } = data;
    const names: TypeIdentity = type ?? row ?? data;
    const identity = { manager: names.manager, name: names.name };
    if (!this.#isFirst(this.#typeNames, identity.manager, identity.name, id))
      this.#problems.push(
        `${describeType(identity)}: Django has it twice, under names that the code declares for one`,
      );
    if (row === undefined) {
      const aliases = formerNames(type?.aliases ?? [], this.#context.rows.types);
      const retiredAt = type === undefined ? this.#context.now : null;
      const after = {
        id,
        ...identity,
        aliases,
        description,
        retiredAt,
        revision: 0,
        createdAt: "",
        updatedAt: "",
      };
      this.#change(identity, { entity: "type", action: "create", before: null, after });
      this.#counts.typesCreated += 1;
    } else if (row.id !== id) {
      this.#renumberType(identity, row, id, description);
    } else this.#counts.typesFound += 1;
    const taken = new PairMap<string>();
    for (const item of items) this.#item(item, identity, row?.id, taken);
  }

  #renumberType(type: TypeIdentity, row: TypeRow, id: string, description: string): void {
    const before = { ...row, id };
    this.#renumberings.push({ entity: "type", row, id });
    this.#newIds.push({ entity: "type", type, plugin: null, from: row.id, to: id });
    this.#written.push({ entity: "type", action: "purge", before: row, after: null });
    const after = { ...before, description };
    this.#update(type, { entity: "type", action: "update", before, after });
    this.#counts.typesRenumbered += 1;
  }

  #item(match: MatchedItem, type: TypeIdentity, typeRowId: string | undefined, taken: PairMap<string>): void {
    const { data, plugin, row } = match;
    const { module, name } = plugin ?? row ?? data;
    const named: NamedItem = { id: data.id, type, module, name };
    const problem = this.#isFirst(taken, module, name, data.id)
      ? this.#whyNot(match, typeRowId)
      : "Django has it twice, under names that the code declares for one";
    if (problem !== undefined) {
      this.#problems.push(
        `item ${itemLabel({ ...named, label: "" })} of ${type.name} (${type.manager}): ${problem}`,
      );
      return;
    }
    if (plugin === undefined) this.#unregistered.push(named);
    else if (this.#context.toConfigure.has(plugin) && (row?.config ?? null) === null)
      this.#toConfigure.push(named);
    if (row === undefined) this.#create(data, plugin, named);
    else if (row.id !== data.id) this.#renumberItem(data, row, named);
    else this.#matchItem(data, row, named);
  }

  /** Why Django's item cannot have the place of the row that there is; undefined where it can. */
  #whyNot({ data, row }: MatchedItem, typeRowId: string | undefined): string | undefined {
    if (row === undefined) return undefined;
    if (row.id !== data.id)
      return this.#context.decided.has(row.id)
        ? `it has the id ${row.id} here, under which something was decided, and Django's is ${data.id}`
        : undefined;
    if (row.typeId === data.type.id || row.typeId === typeRowId) return undefined;
    return `the id ${data.id} is here that of an item of another type`;
  }

  #matchItem({ status, priority, description }: DjangoItemData, row: ItemRow, named: NamedItem): void {
    const isSame = row.status === status && row.priority === priority && row.description === description;
    if (!isSame && !this.#context.decided.has(row.id)) {
      const after: ItemRow = { ...row, status, priority, description };
      this.#update(named.type, { entity: "item", action: "update", before: row, after });
      this.#counts.itemsUpdated += 1;
      return;
    }
    if (!isSame) this.#decidedHere.push(named);
    this.#counts.itemsFound += 1;
  }

  #create(
    { id, type, status, priority, description }: DjangoItemData,
    plugin: Plugin | undefined,
    named: NamedItem,
  ): void {
    const { module, name } = named;
    const aliases = plugin && formerNames(plugin.aliases, []);
    const configVersion = plugin?.configVersion ?? 1;
    const own = { status, priority, description, config: null, configVersion };
    const row = newItemRow({ id, typeId: type.id, module, name, label: "", aliases, ...own });
    const retired = { retiredAt: this.#context.now, retiredBy: "sync" } as const;
    const after: ItemRow = plugin === undefined ? { ...row, ...retired } : row;
    this.#change(named.type, { entity: "item", action: "create", before: null, after });
    this.#counts.itemsCreated += 1;
  }

  #renumberItem(
    { id, type, status, priority, description }: DjangoItemData,
    row: ItemRow,
    named: NamedItem,
  ): void {
    const before = { ...row, id, typeId: type.id };
    const { module, name } = row;
    this.#renumberings.push({ entity: "item", row, id });
    this.#newIds.push({ entity: "item", type: named.type, plugin: { module, name }, from: row.id, to: id });
    this.#written.push({ entity: "item", action: "purge", before: row, after: null });
    const after = { ...before, status, priority, description };
    this.#update(named.type, { entity: "item", action: "update", before, after });
    this.#counts.itemsRenumbered += 1;
  }

  /** Shown only where a value changes. */
  #update(type: TypeIdentity, change: RowChange): void {
    const { before, after } = change;
    const isShown = JSON.stringify(before) !== JSON.stringify(after);
    if (isShown) this.#change(type, change);
    else this.#written.push(change);
  }

  #change(type: TypeIdentity, change: RowChange): void {
    this.#written.push(change);
    this.#shown.push({ ...change, type });
  }

  #isFirst(map: PairMap<string>, first: string, second: string, id: string): boolean {
    if (map.has(first, second)) return false;
    map.set(first, second, id);
    return true;
  }
}

import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import { PairMap } from "../definition/pair-map.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Action, RowChange } from "../store/change.ts";
import { newItemRow } from "../store/new-row.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { findRow } from "./find-row.ts";
import { formerNames } from "./former-names.ts";
import { Holders } from "./holders.ts";
import { nameItem } from "./name-rows.ts";
import { addPaddedItems } from "./padded-rows.ts";
import type { HeldBack, LivingProcess, SyncChange, SyncCounts, SyncMode, SyncPlan } from "./sync-plan.ts";

/** What a plan is made by, besides the registry and the rows. */
export interface PlanContext {
  readonly mode: SyncMode;
  readonly prune: boolean;
  /** The processes whose plugins are not pruned. */
  readonly living?: readonly LivingProcess[];
  /** Makes the id of a new row. */
  readonly newId: () => string;
  /** Plugins that get no item by themselves. */
  readonly toConfigure: ReadonlySet<Plugin>;
  /** The time of the plan, ISO 8601. */
  readonly now: string;
}

/** The row of a registered type, as it is and under the name that it is to have. */
interface FoundType {
  readonly row: TypeRow;
  readonly named: TypeRow;
}

/** Gathers the changes of a plan, type by type. */
export class Planner {
  readonly #context: PlanContext;
  readonly #changes: SyncChange[] = [];
  readonly #counts: { -readonly [K in keyof SyncCounts]: number } = {
    typesCreated: 0,
    typesFound: 0,
    typesUpdated: 0,
    itemsCreated: 0,
    itemsFound: 0,
    itemsUpdated: 0,
    prunedTypes: 0,
    prunedItems: 0,
    heldBack: 0,
  };
  readonly #heldBack: HeldBack[] = [];
  readonly #holders: Holders;

  constructor(context: PlanContext) {
    this.#context = context;
    this.#holders = new Holders(context.living ?? []);
  }

  /** The plan of all that was gathered, for these rows. */
  plan({ revision, revisionId }: Rows): SyncPlan {
    const { mode, prune } = this.#context;
    const counts = { ...this.#counts };
    return { mode, prune, revision, revisionId, changes: this.#changes, counts, heldBack: this.#heldBack };
  }

  /**
   * Plans a registered type and returns the id that its row has, or will have. `aliases` are those of a new one.
   */
  type(type: AnyPluginType, found: FoundType | undefined, aliases: TypeRow["aliases"]): string {
    const { manager, name, description } = type;
    if (found === undefined) {
      const id = this.#context.newId();
      this.#add(type, {
        entity: "type",
        action: "create",
        before: null,
        after: {
          id,
          manager,
          name,
          aliases,
          description,
          retiredAt: null,
          revision: 0,
          createdAt: "",
          updatedAt: "",
        },
      });
      this.#counts.typesCreated += 1;
      return id;
    }
    const { row, named } = found;
    const after: TypeRow = {
      ...named,
      retiredAt: null,
      description: this.#context.mode === "update" ? description : row.description,
    };
    const action = actionOf(row, after, row.manager !== after.manager || row.name !== after.name);
    if (action) this.#add(type, { entity: "type", action, before: row, after });
    this.#counts[action ? "typesUpdated" : "typesFound"] += 1;
    return row.id;
  }

  /** Plans the items of a registered type. */
  items(
    type: AnyPluginType,
    typeId: string,
    plugins: readonly Plugin[],
    typeRow: TypeRow | undefined,
    rows: readonly ItemRow[],
  ): void {
    const byPlugin = new PairMap<ItemRow[]>();
    for (const row of rows) {
      const group = byPlugin.get(row.module, row.name);
      if (group) group.push(row);
      else byPlugin.set(row.module, row.name, [row]);
    }
    addPaddedItems(byPlugin, rows);
    const registered = new PairMap<Plugin>();
    for (const plugin of plugins) registered.set(plugin.module, plugin.name, plugin);
    const isTaken = ({ module, name }: PluginIdentity): boolean => registered.has(module, name);
    const ownGroups = new Map<Plugin, ItemRow[] | undefined>();
    for (const plugin of plugins) {
      const aliases = plugin.aliases.map(({ module, name }) => [module, name] as const);
      ownGroups.set(plugin, findRow(byPlugin, [plugin.module, plugin.name], aliases));
    }
    const named = new Set(ownGroups.values());
    const renamed = new PairMap<ItemRow[]>();
    for (const row of rows) {
      const group = byPlugin.get(row.module, row.name) ?? [];
      if (!row.aliases || named.has(group)) continue;
      for (const { module, name } of row.aliases) renamed.set(module, name, group);
    }
    const matched = new Set<ItemRow>();
    for (const plugin of plugins) {
      const own = ownGroups.get(plugin);
      const group = own ?? renamed.get(plugin.module, plugin.name);
      if (group === undefined && !this.#context.toConfigure.has(plugin)) {
        this.#createItem(type, typeId, plugin, formerNames(plugin.aliases, rows));
      }
      for (const row of group ?? []) {
        matched.add(row);
        this.#matchItem(type, plugin, row, own ? nameItem(row, plugin, isTaken) : row);
      }
    }
    if (!this.#context.prune || typeRow === undefined) return;
    const surplus = rows.filter((row) => !matched.has(row));
    this.#pruneItems(type, typeRow, surplus);
  }

  /** Plans that a type which is no longer registered is retired, with its items; unless a living process has them. */
  pruneType(row: TypeRow, items: readonly ItemRow[]): void {
    const holders = row.retiredAt === null ? this.#holders.ofType(row) : [];
    if (holders.length > 0)
      this.#holdBack({ entity: "type", row, type: identityOf(row), processes: holders });
    else if (row.retiredAt === null) {
      this.#add(row, {
        entity: "type",
        action: "retire",
        before: row,
        after: { ...row, retiredAt: this.#context.now },
      });
      this.#counts.prunedTypes += 1;
    }
    this.#pruneItems(row, row, items);
  }

  #createItem(type: AnyPluginType, typeId: string, plugin: Plugin, aliases: ItemRow["aliases"]): void {
    const { module, name, status, priority, description, configVersion } = plugin;
    const id = this.#context.newId();
    const after = newItemRow({
      id,
      typeId,
      module,
      name,
      label: "",
      aliases,
      status,
      priority,
      description,
      config: null,
      configVersion,
    });
    this.#add(type, { entity: "item", action: "create", before: null, after });
    this.#counts.itemsCreated += 1;
  }

  #matchItem(type: AnyPluginType, plugin: Plugin, row: ItemRow, named: ItemRow): void {
    const isRestored = row.retiredAt !== null && row.retiredBy !== "operator";
    const refreshed = this.#context.mode === "update" && this.#isOfTheCode(plugin, row);
    const { description, priority } = refreshed ? plugin : row;
    const isSame =
      named === row && !isRestored && row.description === description && row.priority === priority;
    if (isSame) {
      this.#counts.itemsFound += 1;
      return;
    }
    const restored = isRestored ? { ...named, retiredAt: null, retiredBy: null } : named;
    const after: ItemRow = { ...restored, description, priority };
    const action = actionOf(row, after, row.module !== after.module || row.name !== after.name);
    if (action) this.#add(type, { entity: "item", action, before: row, after });
    this.#counts[action ? "itemsUpdated" : "itemsFound"] += 1;
  }

  /**
   * Whether the code has a say in the item's description and priority. Labelled items are the operator's own, as
   * are those with a config of plugins for which a sync makes no item; managed ones are the file's.
   */
  #isOfTheCode(plugin: Plugin, { label, managed, config }: ItemRow): boolean {
    const isOperators = label !== "" || (config !== null && this.#context.toConfigure.has(plugin));
    return !isOperators && managed === null;
  }

  #pruneItems(type: TypeIdentity, typeRow: TypeRow, rows: readonly ItemRow[]): void {
    for (const row of rows) {
      if (row.retiredAt !== null) continue;
      const processes = this.#holders.ofItem(typeRow, row);
      if (processes.length > 0) {
        this.#holdBack({ entity: "item", row, type: identityOf(type), processes });
        continue;
      }
      const after: ItemRow = { ...row, retiredAt: this.#context.now, retiredBy: "sync" };
      this.#add(type, { entity: "item", action: "retire", before: row, after });
      this.#counts.prunedItems += 1;
    }
  }

  #holdBack(held: HeldBack): void {
    this.#heldBack.push(held);
    this.#counts.heldBack += 1;
  }

  #add(type: TypeIdentity, change: RowChange): void {
    this.#changes.push({ ...change, type: identityOf(type) });
  }
}

const identityOf = ({ manager, name }: TypeIdentity): TypeIdentity => ({ manager, name });

/** The change's name, for the most that happens to the row; undefined where nothing does. */
function actionOf<Row extends TypeRow | ItemRow>(
  before: Row,
  after: Row,
  renamed: boolean,
): Action | undefined {
  if (renamed) return "rename";
  if (before.retiredAt !== after.retiredAt) return "restore";
  const updated =
    before.description !== after.description ||
    before.aliases?.length !== after.aliases?.length ||
    ("priority" in before && "priority" in after && before.priority !== after.priority);
  return updated ? "update" : undefined;
}

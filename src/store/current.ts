import type { Selectable } from "kysely";
import type { PluginIdentity } from "../definition/identity.ts";
import type { Db } from "./dialect.ts";
import type { Mark, RevisionMark } from "./mark.ts";
import type { Answers, Query } from "./query.ts";
import { itemsById, itemsOf, itemsOfPlugin, type PluginPlace, readItems, readRows } from "./read-rows.ts";
import type { RowFaults } from "./row-faults.ts";
import type { ItemRow, Rows } from "./rows.ts";
import type { TableNames } from "./table-names.ts";
import type { ItemTable } from "./tables.ts";

/** What a change may look at, inside its transaction, before it decides. The mark is that before the change. */
export interface Current extends Mark {
  /** Whether that is the revision, of this history, at which something was read. */
  readonly isAt: (read: RevisionMark) => Promise<boolean>;
  readonly rows: () => Promise<Rows>;
  readonly items: (ids: readonly string[]) => Promise<ItemRow[]>;
  /** All items of one plugin, retired ones included. */
  readonly itemsOf: (typeId: string, plugin: PluginIdentity) => Promise<ItemRow[]>;
}

/** What a change is expected to look at. It is read together with taking its turn, which spares round trips. */
export interface Expected {
  readonly ids?: readonly string[] | undefined;
  readonly plugin?: PluginPlace | undefined;
}

/** How many rows are read beforehand; the answer is in one piece. */
const mostIds = 1_000;

/** Reads what is expected beforehand, and the rest when it is asked for. */
export class ExpectedReads {
  readonly #tables: TableNames;
  readonly #namespace: string;
  readonly #ids: readonly string[];
  readonly #plugin: PluginPlace | undefined;
  readonly #faults: RowFaults;

  constructor(tables: TableNames, namespace: string, { ids = [], plugin }: Expected, faults: RowFaults) {
    this.#tables = tables;
    this.#namespace = namespace;
    this.#ids = ids.length > mostIds ? [] : ids;
    this.#plugin = plugin;
    this.#faults = faults;
  }

  queries(db: Db): Query[] {
    const queries: Query[] = [];
    if (this.#ids.length > 0) queries.push(itemsById(db, this.#tables, this.#namespace, this.#ids));
    if (this.#plugin) queries.push(itemsOfPlugin(db, this.#tables, this.#namespace, this.#plugin));
    return queries;
  }

  /** `answers` are those to the queries. */
  current(transaction: Db, mark: Mark, answers: Answers): Current {
    const tables = this.#tables;
    const namespace = this.#namespace;
    const rest = [...answers];
    const faults = this.#faults;
    const rowsOf = (answer: readonly object[] = []) =>
      itemsOf(answer as readonly Selectable<ItemTable>[], tables, faults);
    const byId = new Map(this.#ids.length > 0 ? rowsOf(rest.shift()).map((row) => [row.id, row]) : []);
    const siblings = this.#plugin ? rowsOf(rest.shift()) : [];
    const expected = new Set(this.#ids);
    return {
      ...mark,
      isAt: async (read) => read.revision === mark.revision && read.revisionId === mark.revisionId,
      rows: async () => ({ ...(await readRows(transaction, tables, namespace, faults)), ...mark }),
      items: async (ids) =>
        ids.every((id) => expected.has(id))
          ? ids.map((id) => byId.get(id)).filter((row) => row !== undefined)
          : readItems(transaction, tables, namespace, ids, faults),
      itemsOf: async (typeId, { module, name }) => {
        if (isSame(this.#plugin, { typeId, module, name })) return siblings;
        const query = itemsOfPlugin(transaction, tables, namespace, { typeId, module, name });
        return rowsOf(await query.execute());
      },
    };
  }
}

const isSame = (one: PluginPlace | undefined, other: PluginPlace): boolean =>
  one?.typeId === other.typeId && one.module === other.module && one.name === other.name;

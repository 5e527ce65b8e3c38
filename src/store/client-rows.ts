import { type DialectAdapter, type KyselyPlugin, sql } from "kysely";
import { InvalidOptionError } from "../definition/errors.ts";
import type { Db } from "./dialect.ts";
import type {
  AuditTable,
  ChangeTable,
  ItemTable,
  MigrationTable,
  ProcessTable,
  RevisionTable,
  TypeTable,
} from "./tables.ts";

type Column = keyof (RevisionTable &
  ChangeTable &
  TypeTable &
  ItemTable &
  AuditTable &
  ProcessTable &
  MigrationTable);

const columns: Record<Column, true> = {
  id: true,
  namespace: true,
  manager: true,
  type_id: true,
  module: true,
  name: true,
  label: true,
  aliases: true,
  status: true,
  priority: true,
  description: true,
  config: true,
  config_version: true,
  managed: true,
  hold: true,
  item_lead: true,
  version: true,
  revision: true,
  trail: true,
  retired_at: true,
  retired_by: true,
  created_at: true,
  updated_at: true,
  position: true,
  entity: true,
  entity_id: true,
  action: true,
  actor: true,
  source: true,
  before: true,
  after: true,
  reason: true,
  at: true,
  host: true,
  pid: true,
  state: true,
  transport: true,
  plugins: true,
  failures: true,
  serves: true,
  troubles: true,
  report_mark: true,
  started_at: true,
  seen_at: true,
  applied_at: true,
  compatible: true,
  expires_at: true,
  revision_id: true,
  origin: true,
  changed: true,
  change_key: true,
  request: true,
};

/** What queries call their answers beside the columns. */
const answers = [
  ...["packed", "circuits", "current", "current_id", "entries", "size", "locked", "now"],
  ...["charset", "commits", "is_unlimited", "completion"],
];

const names: readonly string[] = [...Object.keys(columns), ...answers];

type Row = Readonly<Record<string, unknown>>;

/** By the adapter, which all that is made of one Kysely instance shares. null: there is nothing to undo. */
const restorers = new WeakMap<DialectAdapter, KyselyPlugin | null>();

/**
 * The same instance, whose rows are as its queries asked for them. An application may have told the client below
 * Kysely to give columns other names, such as `typeId`, or undefined for null: so the client is asked, once.
 *
 * @throws InvalidOptionError where rows or values are of another kind
 */
export async function withWrittenRows(db: Db): Promise<Db> {
  const { adapter } = db.getExecutor();
  let restorer = restorers.get(adapter);
  if (restorer === undefined) {
    restorer = await learn(db);
    restorers.set(adapter, restorer);
  }
  return restorer === null ? db : db.withPlugin(restorer);
}

async function learn(db: Db): Promise<KyselyPlugin | null> {
  const values: Row = { name: sql.lit("text"), revision: sql.lit(1) };
  const asked = names.map((name) => sql`${values[name] ?? sql.lit(null)} as ${sql.ref(name)}`);
  const { rows } = await sql<Row>`select ${sql.join(asked)}`.execute(db);
  const given = keysOf(rows[0]);
  const written = new Map(given.map((key, index) => [key, names[index] ?? key]));
  const row = restore(rows[0] ?? {}, written);
  if (written.size !== names.length) refuse("rows of another shape");
  if (row.name !== "text") refuse(`texts as ${kindOf(row.name)}`);
  if (Number(row.revision) !== 1) refuse(`integers as ${kindOf(row.revision)}`);
  if (row.id !== null) refuse(`null as ${kindOf(row.id)}`);
  if (given.every((key, index) => key === names[index] && rows[0]?.[key] !== undefined)) {
    return null;
  }
  return {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => ({
      ...result,
      rows: result.rows.map((one) => restore(one, written)),
    }),
  };
}

const keysOf = (row: Row | undefined): string[] =>
  row === undefined || Array.isArray(row) ? [] : Object.keys(row);

function restore(row: Row, written: ReadonlyMap<string, string>): Record<string, unknown> {
  const entries = Object.entries(row).map(([key, value]) => [written.get(key) ?? key, value ?? null]);
  return Object.fromEntries(entries);
}

const kindOf = (value: unknown): string => (value === null ? "null" : typeof value);

function refuse(what: string): never {
  throw new InvalidOptionError(
    "database",
    `a client that gives ${what}`,
    "plugbay reads rows that are objects with a key for each column, and texts that are strings; " +
      "give it a client without options that change its answers",
  );
}

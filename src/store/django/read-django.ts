import { type Kysely, sql } from "kysely";
import type { AnyKysely } from "../any-kysely.ts";
import type { Database } from "../database.ts";
import { inOwnWords } from "../own-words.ts";
import { DjangoTablesMissingError } from "./errors.ts";

/** Values as the database has them: SQLite takes any in any column, and databases differ in how they keep ids and times. */
type Raw<Column extends string> = Readonly<Record<Column, unknown>>;

export type DjangoType = Raw<"id" | "name" | "manager" | "description">;

export type DjangoItem = Raw<
  "id" | "plugin_type_id" | "module" | "name" | "status" | "priority" | "description"
>;

/** An edit in Django's admin, of a type or an item. `username` is null where the user is gone. */
export type DjangoEdit = Raw<
  "id" | "model" | "object_id" | "action_flag" | "change_message" | "action_time" | "user_id" | "username"
>;

/** What a database of django-plugin-system holds. */
export interface DjangoTables {
  readonly types: readonly DjangoType[];
  readonly items: readonly DjangoItem[];
  /** In the order in which they were made. */
  readonly edits: readonly DjangoEdit[];
  /** The tables that are not there, and that Django's history or the names of its users would be in. */
  readonly missing: readonly string[];
}

/** Where in a database what is read stands. */
export interface DjangoPlace {
  /** Django's label of the application django-plugin-system. Default `django_plugin_system`. */
  readonly appLabel?: string | undefined;
  /** The table of users and its column of names, as `auth_user.username`, which is the default. */
  readonly users?: string | undefined;
}

const log = "django_admin_log";
const contentTypes = "django_content_type";
const defaultUsers = "auth_user.username";

/** Reads everything as of one moment, in a transaction that may only read. @throws DjangoTablesMissingError; what the database says */
export async function readDjango(database: Database, place: DjangoPlace): Promise<DjangoTables> {
  try {
    const connection = await database.connect({ mayCreate: false });
    try {
      const { dialect } = database;
      return await dialect.read(connection.db, (db) => read(db, database, place));
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw inOwnWords(error, database);
  }
}

async function read(
  db: AnyKysely,
  { dialect, description }: Database,
  { appLabel = "django_plugin_system", users = defaultUsers }: DjangoPlace,
): Promise<DjangoTables> {
  const absent = async (...tables: readonly string[]): Promise<string[]> => {
    const missing: string[] = [];
    // One after the other: it is one connection.
    for (const table of tables) if ((await dialect.findTable(db, table)) === "missing") missing.push(table);
    return missing;
  };
  const [typeTable, itemTable] = [`${appLabel}_plugintype`, `${appLabel}_pluginitem`];
  const [userTable = "", userName = ""] = users.split(".");
  const lost = await absent(typeTable, itemTable);
  if (lost.length > 0) throw new DjangoTablesMissingError(description, lost, whereElse);
  const types = await all<DjangoType>(db, typeTable, ["id", "name", "manager", "description"]);
  const columns = ["id", "plugin_type_id", "module", "name", "status", "priority", "description"];
  const items = await all<DjangoItem>(db, itemTable, columns);
  const missing = await absent(log, contentTypes, userTable);
  if (users !== defaultUsers && missing.includes(userTable))
    throw new DjangoTablesMissingError(description, [userTable], "--django-users names it");
  const hasLog = !missing.includes(log) && !missing.includes(contentTypes);
  const names = missing.includes(userTable) ? undefined : { table: userTable, column: userName };
  return { types, items, edits: hasLog ? await editsOf(db, appLabel, names) : [], missing };
}

const whereElse =
  "django-plugin-system keeps its types and items there; is it another database, or is its application called otherwise " +
  "(--django-app-label)?";

const all = async <Row>(db: Kysely<AnyTables>, table: string, columns: readonly string[]): Promise<Row[]> =>
  (await db.selectFrom(table).select(columns).orderBy("id").execute()) as Row[];

// biome-ignore lint/suspicious/noExplicitAny: they are not plugbay's tables
type AnyTables = any;

async function editsOf(
  db: AnyKysely,
  appLabel: string,
  users: { readonly table: string; readonly column: string } | undefined,
): Promise<DjangoEdit[]> {
  const edits = db
    .selectFrom(`${log} as log`)
    .innerJoin(`${contentTypes} as content`, "content.id", "log.content_type_id")
    .where("content.app_label", "=", appLabel)
    .where("content.model", "in", ["plugintype", "pluginitem"])
    .select([
      ...["log.id", "log.object_id", "log.action_flag", "log.change_message", "log.user_id", "content.model"],
      // As text: drivers disagree on what a time without a zone means.
      sql`concat(log.action_time)`.as("action_time"),
    ])
    .orderBy("log.id");
  const named =
    users === undefined
      ? edits.select(sql`null`.as("username"))
      : edits
          .leftJoin(`${users.table} as person`, "person.id", "log.user_id")
          .select(`person.${users.column} as username`);
  return (await named.execute()) as DjangoEdit[];
}

import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { type Definitions, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { blocksOf } from "../ecosystem/documents/blocks.ts";
import type { DatabaseKind, EmptyDatabase } from "./database-kinds.ts";

const users = ["migrator", "reader", "writer"] as const;

const document = await readFile(new URL("../../docs/database.md", import.meta.url), "utf8");
const grants = blocksOf(document).filter(
  ({ section, language }) => section === "Rights" && language === "sql",
);

/** Users of a database who were granted exactly what the documentation says. */
export interface GrantedUsers {
  /** The database's address for a sort of user. */
  addressOf(user: (typeof users)[number]): string;
  drop(): Promise<void>;
}

/** Has the documented migrator make the tables and sync these definitions, in the default namespace. */
export async function grantedUsers(
  kind: Pick<DatabaseKind, "dialect">,
  place: EmptyDatabase,
  plugins: Definitions,
): Promise<GrantedUsers> {
  const admin = await place.kysely({}, 1);
  const url = new URL(place.address);
  const isPostgres = kind.dialect === "postgres";
  const run = (text: string) => sql.raw(text).execute(admin);
  const nameOf = (user: string) => `${user}_${url.pathname.slice(-8)}`;
  const grant = async (user: string): Promise<void> => {
    const text = grantsFor(isPostgres ? "PostgreSQL" : "MySQL", user)
      .replaceAll(new RegExp(`to ${user};`, "g"), `to ${nameOf(user)};`)
      .replaceAll(" on app.", ` on ${url.pathname.slice(1)}.`);
    for (const statement of text.split("\n").filter((line) => line.startsWith("grant"))) await run(statement);
  };
  const addressOf = (user: string): string => {
    const address = new URL(url);
    address.username = nameOf(user);
    return address.href;
  };
  for (const user of users) {
    await run(isPostgres ? `create role ${nameOf(user)} login` : `create user ${nameOf(user)}`);
  }
  await grant("migrator");
  const database = (isPostgres ? postgres : mysql)(addressOf("migrator"));
  await (await openPlugbay({ database, plugins, migrate: true })).close();
  for (const user of ["reader", "writer"]) await grant(user);
  return {
    addressOf,
    async drop() {
      for (const user of users) {
        if (isPostgres) await run(`drop owned by ${nameOf(user)} cascade`);
        await run(isPostgres ? `drop role ${nameOf(user)}` : `drop user ${nameOf(user)}`);
      }
      await admin.destroy();
    },
  };
}

/** The documented statements for a sort of user. */
function grantsFor(server: "PostgreSQL" | "MySQL", user: string): string {
  const block = grants.find(({ text }) => new RegExp(`^-- ${server}, (a|the) ${user}\n`).test(text));
  if (block === undefined) throw new Error(`nothing is documented for a ${user} on ${server}`);
  return block.text;
}

import { harmless } from "../../harmless-text.ts";
import { userTables } from "../../serve/users/user-tables.ts";
import { dialects } from "../../store/dialects.ts";
import { databaseOf } from "../../store/kysely-database.ts";
import { checkSchema } from "../../store/schema.ts";
import type { CommonOptions } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { writeOutput } from "../output.ts";
import { print } from "../report.ts";
import { drizzleModule } from "./drizzle.ts";
import { type Place, type PlacedTables, placeTables } from "./place.ts";
import { prismaModels } from "./prisma.ts";
import { sqlExample } from "./sql.ts";
import { writeGenerated } from "./write-generated.ts";

/** What the tables may be written for. */
export type Target = "drizzle" | "prisma" | "sql";

export interface GenerateOptions extends CommonOptions {
  readonly dialect?: keyof typeof dialects;
  readonly schema?: string;
  readonly prefix?: string;
  readonly relation?: readonly string[];
  readonly out?: string;
  readonly force?: true;
}

/** Writes what an application needs to know of plugbay's tables. @throws UsageError, InvalidOptionError, ConfigError */
export async function generate(target: Target, options: GenerateOptions): Promise<void> {
  const { out, force = false, json = false } = options;
  if (force && out === undefined) throw new UsageError("--force is about the file of --out");
  const tables = await placeTables(await placeOf(options));
  const text = textFor(target, tables, options.relation ?? []);
  if (out !== undefined) await writeGenerated(out, text, force);
  const { names, prefix, schema = null, dialect } = tables;
  const facts = {
    target,
    dialect: dialect.name,
    schema,
    prefix,
    tables: names,
    userTables: tables.userTables,
  };
  if (json) print({ json: { ...facts, ...(out === undefined ? { text } : { file: out }) }, text: "" }, true);
  else if (out !== undefined) print({ json: null, text: `wrote ${out}` }, false);
  else writeOutput(process.stdout.isTTY ? harmless(text) : text);
}

function textFor(target: Target, tables: PlacedTables, relations: readonly string[]): string {
  if (target === "drizzle") return drizzleModule(tables);
  return target === "prisma" ? prismaModels(tables, relations) : sqlExample(tables);
}

/** As the options say, where they say it, and else as the config does. Neither is connected to. */
async function placeOf({ config, dialect, schema, prefix }: GenerateOptions): Promise<Place> {
  if (dialect !== undefined) {
    if (config !== undefined)
      throw new UsageError("--dialect is for use without a config; leave out --config");
    const named = dialects[dialect];
    return { dialect: named, schema: checkSchema(named, "schema", schema), prefix, userTables: [] };
  }
  if (schema !== undefined || prefix !== undefined) {
    throw new UsageError(
      "the config says which schema and prefix it is; to go without a config, add --dialect",
    );
  }
  const loaded = await loadConfig(config);
  const { dialect: used, schema: inUse } = databaseOf(loaded.database);
  const ofUsers = loaded.serve === undefined ? [] : Object.values(userTables(loaded)).sort();
  return { dialect: used, schema: inUse, prefix: loaded.prefix, userTables: ofUsers };
}

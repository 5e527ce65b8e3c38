import { TableNode } from "kysely";
import { InvalidOptionError } from "../definition/errors.ts";
import type { AnyKysely } from "./any-kysely.ts";
import type { StoreDialect } from "./dialect.ts";

/** PostgreSQL cuts longer names off, so that two of them could be one. */
const longestSchemaBytes = 63;

/**
 * The schema that a Kysely instance adds to the names of tables. It is asked by having it transform a query:
 * the plugin that does it may be of another copy of Kysely, or have lost its name in a bundle.
 */
export function schemaOf(db: AnyKysely): string | undefined {
  const [table] = db.selectFrom("plugbay_probe").selectAll().toOperationNode().from?.froms ?? [];
  return table !== undefined && TableNode.is(table) ? table.table.schema?.name : undefined;
}

/**
 * The schema to use, where one is named; undefined means the connection's own.
 *
 * @throws InvalidOptionError
 */
export function checkSchema(
  dialect: Pick<StoreDialect, "hasSchemas" | "defaultSchema">,
  option: string,
  schema: string | undefined,
): string | undefined {
  if (schema === undefined) return undefined;
  if (!dialect.hasSchemas) {
    if (schema === dialect.defaultSchema) return undefined;
    const expectation = "SQLite has no schemas; for another file, open it with sqlite(path)";
    throw new InvalidOptionError(option, schema, expectation);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const isName = typeof schema === "string" && schema !== "" && !/[\u0000-\u001f\u007f]/.test(schema);
  if (!isName || schema.trim() !== schema || Buffer.byteLength(schema) > longestSchemaBytes) {
    const expectation = `it is a schema's name: 1 to ${longestSchemaBytes} bytes, trimmed, without control characters`;
    throw new InvalidOptionError(option, schema, expectation);
  }
  return schema;
}

/**
 * What tells an installation from others that share its database: the namespace, and the schema where it is
 * not the usual one. All processes of an installation should name its schema in the same way.
 */
export function installationOf(
  { dialect, schema }: { readonly dialect: StoreDialect; readonly schema?: string | undefined },
  namespace: string,
): string {
  // Neither name has a control character.
  return schema === undefined || schema === dialect.defaultSchema ? namespace : `${schema}\u0000${namespace}`;
}

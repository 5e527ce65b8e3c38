import type { AnyKysely } from "./any-kysely.ts";
import type { StoreDialect } from "./dialect.ts";

/**
 * The instance as plugbay queries through it: its own plugins (camel case, say) do not know plugbay's tables,
 * so nothing is kept of them but the schema. What the dialect needs to be safe is added.
 */
export function ownQueries<Db extends AnyKysely>(
  db: Db,
  { plugin }: Pick<StoreDialect, "plugin">,
  schema: string | undefined,
): Db {
  const bare = db.withoutPlugins();
  const placed = schema === undefined ? bare : bare.withSchema(schema);
  return (plugin === undefined ? placed : placed.withPlugin(plugin)) as Db;
}

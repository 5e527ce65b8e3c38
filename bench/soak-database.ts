import type { KyselyPlugin } from "kysely";
import type { Database } from "plugbay";
import { sqlite } from "plugbay/sqlite";

/** Whether the database fails, for everybody. */
export const outage = { isOn: false, refused: 0 };

const failing: KyselyPlugin = {
  transformQuery({ node }) {
    if (!outage.isOn) return node;
    outage.refused += 1;
    throw new Error("the database is away");
  },
  transformResult: async ({ result }) => result,
};

/** A SQLite file that fails while there is an outage. */
export function breakable(file: string): Database {
  const database = sqlite(file);
  return {
    ...database,
    async connect() {
      const connection = await database.connect();
      // plugbay takes the plugins of an application's instance away.
      const withoutPlugins = () => connection.db.withoutPlugins().withPlugin(failing);
      return { ...connection, db: Object.assign(Object.create(connection.db), { withoutPlugins }) };
    },
  };
}

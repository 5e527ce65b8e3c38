import { expect, test } from "vitest";
import type { ItemList, TypeList } from "../../src/admin/contract/contract.ts";
import { greeter, greeterType } from "../store/definitions.ts";
import { onEveryDatabase } from "../store/test-database.ts";
import { Panel } from "./panel.ts";

onEveryDatabase((home) => {
  test.each([1, 100])(
    "the lists of %i types, with what serves them where, and their items take two statements and one",
    async (count) => {
      const types = Array.from({ length: count }, (_, index) => greeterType(`type ${index}`));
      const statements: string[] = [];
      const database = await home.kysely({ log: ({ query }) => void statements.push(query.sql) });
      const plugins = types.map((type) => [greeter(type, `one of ${type.name}`), greeter(type, "another")]);
      const panel = new Panel(await home.open([types, plugins], { database, heartbeatMs: false }));
      statements.length = 0;

      expect((await panel.ask<TypeList>("GET", "types")).types).toHaveLength(count);
      expect(statements).toHaveLength(2);
      expect((await panel.ask<ItemList>("GET", "items?sort=-priority,name")).total).toBe(2 * count);
      expect(statements).toHaveLength(3);
    },
  );
});

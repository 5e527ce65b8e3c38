import { expect, test } from "vitest";
import { greeter, greeterType } from "../store/definitions.ts";
import { onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test("the list of 100 types with their numbers takes one statement when nothing has changed", async () => {
    const types = Array.from({ length: 100 }, (_, index) => greeterType(`type ${index}`));
    const statements: string[] = [];
    const database = await home.kysely({ log: ({ query }) => void statements.push(query.sql) });
    const plugbay = await home.open([types, types.map((type) => greeter(type, `of ${type.name}`))], {
      database,
      // That a process is alive is told in its own time.
      heartbeatMs: false,
    });

    statements.length = 0;
    expect(await plugbay.control.types()).toHaveLength(100);
    expect(statements).toHaveLength(1);
    expect((await plugbay.control.list({ pageSize: 100 })).items).toHaveLength(100);
    expect(statements).toHaveLength(2);
  });
});

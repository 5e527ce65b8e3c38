import { afterAll, beforeAll, expect, test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { SyncProcess } from "./sync-process.ts";

const processes: SyncProcess[] = [];

beforeAll(async () => {
  processes.push(...(await Promise.all(Array.from({ length: 4 }, () => SyncProcess.start()))));
});

afterAll(() => Promise.all(processes.map((process) => process.end())));

onEveryDatabase((home) => {
  test("four processes that start at once on an empty database all sync, without a deadlock, a lock or a duplicate", async () => {
    const { address, database } = await home.elsewhere();
    const work = { dialect: home.kind.dialect, address, types: 10, pluginsPerType: 20 };
    const answers = await Promise.all(processes.map((process, turn) => process.sync({ ...work, turn })));
    expect(answers).toEqual(Array(4).fill({ items: 200, revision: 1 }));
    const rows = await home.rows({ database, namespace: "default" });
    expect(rows.types).toHaveLength(10);
    expect(rows.items).toHaveLength(200);
  });
});

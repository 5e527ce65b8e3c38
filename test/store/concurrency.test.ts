import { ConflictError } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

/** The same elements in another order for every `turn`. */
function rotated<T>(elements: readonly T[], turn: number): T[] {
  const start = (turn * 37) % elements.length;
  return [...elements.slice(start), ...elements.slice(0, start)];
}

onEveryDatabase((home) => {
  test("eight that sync the same 200 items at once, each in another order, end with one row for each", async () => {
    const types = Array.from({ length: 10 }, (_, index) => greeterType(`type ${index}`));
    const plugins = types.flatMap((type) =>
      Array.from({ length: 20 }, (_, index) => greeter(type, `plugin ${index}`)),
    );
    for (const round of [1, 2]) {
      const namespace = `${home.namespace}-${round}`;
      const syncing = Array.from({ length: 8 }, (_, turn) =>
        home.open([rotated(types, turn), rotated(plugins, turn)], { namespace }),
      );
      const processes = await Promise.all(syncing);

      const rows = await home.rows({ namespace });
      expect(rows.types).toHaveLength(10);
      expect(rows.items).toHaveLength(200);
      expect(rows.revision).toBe(1);
      for (const process of processes) expect(process.state).toMatchObject({ kind: "live", revision: 1 });
    }
  });

  test("processes that know different plugins and sync at once all find theirs", async () => {
    const people = [alice, bob, carol, greeter(greeting, "dave")];
    const processes = await Promise.all(people.map((person) => home.open([greeting, person])));
    expect((await home.rows()).items.map(({ name }) => name).sort()).toEqual([
      "alice",
      "bob",
      "carol",
      "dave",
    ]);
    expect(processes.map((process) => process.get(greeting)?.greet())).toEqual([
      "alice",
      "bob",
      "carol",
      "dave",
    ]);
  });

  test("of two who change one item from the same version, exactly one wins", async () => {
    const processes = await Promise.all([home.open([greeting, alice]), home.open([greeting, alice])]);
    for (let version = 1; version <= 5; version += 1) {
      const results = await Promise.allSettled(
        processes.map((process, index) =>
          process.control.updateItem(
            idOf(process, "alice"),
            { description: `${version} by ${index}` },
            { actor: `${index}`, version },
          ),
        ),
      );
      const winner = results.findIndex(({ status }) => status === "fulfilled");
      const loser = results.find((result) => result.status === "rejected");
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(loser?.reason).toBeInstanceOf(ConflictError);
      expect(loser?.reason).toMatchObject({ version, current: { version: version + 1 } });
      expect(await home.item("alice")).toMatchObject({
        version: version + 1,
        description: `${version} by ${winner}`,
      });
    }
  });

  test("changes made at once without a version all happen, one after the other", async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, () => home.open([greeting, alice])));
    await Promise.all(
      processes.flatMap((process) =>
        Array.from({ length: 5 }, () =>
          process.control.bulk([idOf(process, "alice")], "lower", { actor: "operator" }),
        ),
      ),
    );
    expect(await home.item("alice")).toMatchObject({ priority: 1 + 20, version: 1 + 20, revision: 1 + 20 });
    for (const process of processes) {
      await process.refresh();
      expect(process.items(greeting)).toMatchObject([{ priority: 21 }]);
    }
  });

  test("bulk actions over the same items in opposite orders do not lock each other out", async () => {
    const people = Array.from({ length: 30 }, (_, index) => greeter(greeting, `person ${index}`));
    const processes = await Promise.all([home.open([greeting, people]), home.open([greeting, people])]);
    const ids = people.map(({ name }) => idOf(processes[0] as (typeof processes)[number], name));
    const orders = [ids, ids.toReversed()];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        processes.map((process, index) =>
          process.control.bulk(orders[index] ?? [], "lower", { actor: "test" }),
        ),
      );
    }
    for (const row of (await home.rows()).items) expect(row).toMatchObject({ priority: 10, version: 11 });
  });

  test("writers of other namespaces in the same tables are not in the way", async () => {
    const processes = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        home.open([greeting, alice], { namespace: `${home.namespace}-${index}` }),
      ),
    );
    await Promise.all(
      processes.flatMap((process) =>
        Array.from({ length: 5 }, () =>
          process.control.bulk([idOf(process, "alice")], "lower", { actor: "test" }),
        ),
      ),
    );
    for (const process of processes) {
      await process.refresh();
      expect(process.items(greeting)).toMatchObject([{ priority: 6, revision: 6 }]);
    }
  });
});

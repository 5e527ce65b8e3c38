import fc from "fast-check";
import { createRegistry, definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { localRows } from "../../src/selection/local-rows.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import { step, Tables } from "./row-tables.ts";

class Sender {
  send(): void {}
}

const types = ["otp", "former"].map((name) =>
  definePluginType<Sender>({ name, manager: "apps/otp", methods: { send: "required" } }),
);
const plugins = types.flatMap((type) =>
  ["sms", "former"].map((name) => definePlugin(type, { name, module: "apps/one", class: Sender })),
);
/** Code that knows some rows by their names, and others by former ones. */
const registry = createRegistry([types, plugins]);

test("rows that changed get the names that all rows give them, or it is said that it takes all rows", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const tables = new Tables({ hasConstraints: true });
      let before = emptySnapshot;
      let areNamesTaken = false;
      for (const [index, change] of steps.entries()) {
        const rows = tables.apply(index + 1, change);
        const all = localRows(tables.all(index + 1), registry, emptySnapshot);
        const full = succeed(emptySnapshot, all).snapshot;
        const some = localRows(rows, registry, before);
        const isRenamed = some.types.some(({ id, manager, name }) => {
          const { row } = before.types.get(id) ?? {};
          return row && (row.manager !== manager || row.name !== name);
        });
        const saysAll = !isRenamed && !areNamesTaken && some.collisions.length === 0;
        if (saysAll) {
          const { snapshot } = succeed(before, some);
          expect(new Set(snapshot.items)).toEqual(new Set(full.items));
          for (const [id, { row }] of full.types) expect(snapshot.types.get(id)?.row).toEqual(row);
        }
        before = full;
        areNamesTaken = all.collisions.length > 0;
      }
    }),
    { numRuns: 300 },
  );
});

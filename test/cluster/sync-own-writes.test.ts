import { expect, test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { define } from "./harness/definitions.ts";
import { declare } from "./harness/setup.ts";

const { types, plugins } = define(declare(2, 2));
const [chosen, other] = [...types.values()];
if (chosen === undefined || other === undefined) throw new Error("two types are needed");

onEveryDatabase((home) => {
  test("after an update, get answers with the change, 100 times in a row, while another process writes too", async () => {
    const definitions = [chosen, other, ...plugins];
    const here = await home.open(definitions, { pollIntervalMs: 50 });
    const elsewhere = await home.open(definitions);
    const ids = here.items(chosen).map(({ id }) => id);
    const [theirs] = elsewhere.items(other);

    for (let turn = 0; turn < 100; turn += 1) {
      const id = ids[turn % 2] ?? "";
      const meanwhile = elsewhere.control.updateItem(theirs?.id ?? "", { priority: turn }, { actor: "bob" });
      await here.control.updateItem(id, { priority: -1 - turn }, { actor: "alice" });
      expect(here.get(chosen)?.itemId()).toBe(id);
      await meanwhile;
    }
    await here.control.bulk(ids, "disable", { actor: "alice" });
    expect(here.get(chosen)).toBeUndefined();
  });
});

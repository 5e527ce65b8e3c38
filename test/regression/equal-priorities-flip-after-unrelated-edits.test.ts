import { expect, test } from "vitest";
import { greeter, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test("items of one priority keep their order through edits that do not concern it", async () => {
    const people = ["dora", "Anna", "cleo", "bea"].map((name) => greeter(greeting, name));
    const order = ["Anna", "bea", "cleo", "dora"];
    const plugbay = await home.open([greeting, people]);
    const names = () => plugbay.items(greeting).map(({ name }) => name);
    expect(names()).toEqual(order);

    for (const name of ["Anna", "cleo", "dora", "bea"]) {
      const id = idOf(plugbay, name);
      await plugbay.control.updateItem(id, { description: `about ${name}` }, { actor: "operator" });
      await plugbay.control.updateItem(id, { status: "disable" }, { actor: "operator" });
      await plugbay.control.updateItem(id, { status: "active" }, { actor: "operator" });
      expect(names()).toEqual(order);
      const other = await home.open([greeting, people.toReversed()]);
      expect(other.items(greeting).map((item) => item.name)).toEqual(order);
      expect(other.get(greeting)?.greet()).toBe("Anna");
    }
  });
});

import { openPlugbay, SelectorError } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { alice, greeting } from "../store/definitions.ts";

test("what a selector throws comes out of get, as the cause", async () => {
  const bug = new TypeError("cannot read properties of undefined (reading 'country')");
  const type = greeting.withSelector(() => {
    throw bug;
  });
  await using plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [type, alice] });
  expect(() => plugbay.get(type)).toThrow(SelectorError);
  expect(() => plugbay.get(type)).toThrow(expect.objectContaining({ cause: bug }));
  await expect(plugbay.run(type, () => "never")).rejects.toThrow(SelectorError);
});

test("a selector that finds none is no error", async () => {
  const type = greeting.withSelector((candidates, name: string) =>
    candidates.active.find((item) => item.name === name),
  );
  await using plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [type, alice] });
  expect(plugbay.get(type, "nobody")).toBeUndefined();
  expect(plugbay.get(type, "alice")?.greet()).toBe("alice");
});

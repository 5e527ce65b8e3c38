import { createRegistry, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { alice, bob, greeting } from "../store/definitions.ts";

test("a plugin may be registered before its type", () => {
  const registry = createRegistry([alice, [[bob], greeting]]);
  expect(registry.plugins(greeting)).toEqual([alice, bob]);
});

test("plugins that come before their type serve", async () => {
  await using plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [bob, alice, greeting] });
  expect(plugbay.get(greeting)?.greet()).toBe("alice");
});

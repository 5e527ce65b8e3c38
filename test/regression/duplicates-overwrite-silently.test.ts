import { createRegistry, DuplicatePluginError, DuplicateTypeError } from "plugbay";
import { expect, test } from "vitest";
import { alice, greeter, greeterType, greeting } from "../store/definitions.ts";

test("two plugins of one identity are refused, and the error names them", () => {
  const impostor = greeter(greeting, "alice", { priority: -1 });
  expect(() => createRegistry([greeting, alice, impostor])).toThrow(DuplicatePluginError);
  expect(() => createRegistry([greeting, alice, impostor])).toThrow(/"alice".*"apps\/greeters"/);
});

test("two types of one identity are refused, and the error names them", () => {
  const impostor = greeterType("greeting", { description: "another one" });
  expect(() => createRegistry([greeting, impostor])).toThrow(DuplicateTypeError);
  expect(() => createRegistry([greeting, impostor])).toThrow(/"greeting".*"apps\/greeting"/);
});

test("a duplicate that is registered late changes nothing", () => {
  const registry = createRegistry([greeting, alice]);
  expect(() => registry.register(greeter(greeting, "bob"), greeter(greeting, "alice"))).toThrow(
    DuplicatePluginError,
  );
  expect(registry.plugins(greeting)).toEqual([alice]);
});

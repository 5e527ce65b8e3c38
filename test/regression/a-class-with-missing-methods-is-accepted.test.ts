import {
  createRegistry,
  definePlugin,
  definePluginType,
  MissingMethodError,
  openPlugbay,
  type PluginOptions,
} from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { bob, type Greeter, greeting } from "../store/definitions.ts";

/** What code that no compiler has checked hands in. */
const unchecked = (options: object) => options as PluginOptions<Greeter, undefined>;

test("a class without a required method is refused when it is registered, with the method's name", () => {
  class Mute {}
  const mute = definePlugin(greeting, unchecked({ name: "mute", module: "apps/mute", class: Mute }));
  expect(() => createRegistry([greeting, mute])).toThrow(MissingMethodError);
  expect(() => createRegistry([greeting, mute])).toThrow(/"mute".*"apps\/mute".*"greet"/);
});

test("an abstract method that a class inherits and leaves out is missing too", () => {
  abstract class AbstractGreeter {
    abstract greet(): string;
  }
  class Mute extends (AbstractGreeter as unknown as new () => Greeter) {}
  const type = definePluginType({
    name: "greeting",
    manager: "apps/greeting",
    methods: { greet: "required" },
    interface: AbstractGreeter,
  });
  const mute = definePlugin(type, { name: "mute", module: "apps/mute", class: Mute });
  expect(() => createRegistry([type, mute])).toThrow(MissingMethodError);
});

test("an object made without a required method is passed over for the next plugin", async () => {
  collectWarnings();
  const mute = definePlugin(
    greeting,
    unchecked({ name: "mute", module: "apps/mute", priority: -1, create: () => ({}) }),
  );
  await using plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [greeting, mute, bob] });
  expect(plugbay.get(greeting)?.greet()).toBe("bob");
  expect(plugbay.explain(greeting)).toMatchObject([
    { item: { name: "mute" }, reason: "failed", error: { message: expect.stringContaining('"greet"') } },
    { item: { name: "bob" }, reason: "selected" },
  ]);
});

import fc from "fast-check";
import { type PluginItem, SelectorError } from "plugbay";
import { expect, test } from "vitest";
import { compareInUse } from "../../src/selection/order.ts";
import { selectWith } from "../../src/selection/select.ts";
import { toItem } from "../../src/selection/snapshot.ts";
import { item, itemRow } from "../selection/rows.ts";

const type = { manager: "apps/otp", name: "otp" };

const names = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map((number) => `item ${number}`),
  status: fc.constantFrom("active" as const, "reserve" as const),
  priority: fc.integer({ min: 0, max: 2 }),
  module: fc.constantFrom("apps/one", "apps/two"),
  label: fc.constantFrom("", "eu", "us"),
});
const itemsOfType = fc
  .uniqueArray(names, { selector: ({ id }) => id, minLength: 1, maxLength: 40 })
  .map((list) => list.map((patch) => item("sms", patch)).sort(compareInUse));

const candidatesOf = (items: readonly PluginItem[]) => ({
  active: items.filter(({ status }) => status === "active"),
  reserve: items.filter(({ status }) => status === "reserve"),
});

const throws = (): never => {
  throw new TypeError("not to be read");
};

/** What is no candidate, though it may look much like this one. */
const strangers: Record<string, (one: PluginItem) => unknown> = {
  "a copy": (one) => ({ ...one }),
  "a frozen copy": (one) => Object.freeze({ ...one }),
  "what inherits from it": (one) => Object.create(one),
  "it as it was at another version": (one) =>
    item("sms", { ...one, hold: null, lead: null, version: one.version + 1 }),
  "an item of another type": (one) =>
    toItem(itemRow("code", one.name, { ...one, hold: null, lead: null }), {
      manager: type.manager,
      name: "code",
    }),
  "a proxy of it": (one) => new Proxy(one, {}),
  "a proxy that throws": (one) => new Proxy(one, { get: throws, has: throws, getPrototypeOf: throws }),
  "a revoked proxy": (one) => {
    const { proxy, revoke } = Proxy.revocable(one, {});
    revoke();
    return proxy;
  },
  "one with a getter that throws": (one) => Object.defineProperty({ ...one }, "priority", { get: throws }),
  "one whose priority is a symbol": (one) => ({ ...one, priority: Symbol("priority") }),
  "one whose priority is a bigint": (one) => ({ ...one, priority: 1n }),
  "one whose names cannot be compared": (one) => ({ ...one, module: Object.create(null), name: Symbol() }),
  "one whose name is other at each look": (one) =>
    Object.defineProperty({ ...one }, "name", { get: () => String(Math.random()) }),
  "its id": ({ id }) => id,
  "a promise of it": (one) => Promise.resolve(one),
  "a function": (one) => () => one,
  "a list of it": (one) => [one],
  "a number": () => 0,
  "a symbol": () => Symbol("item"),
  "nothing with a prototype": () => Object.create(null),
  false: () => false,
};

test("each candidate that a selector returns is taken", () => {
  fc.assert(
    fc.property(itemsOfType, (items) => {
      const candidates = candidatesOf(items);
      for (const one of [...items, ...items]) expect(selectWith(() => one, type, candidates, [])).toBe(one);
    }),
  );
});

test.each(Object.entries(strangers))("%s is refused, and nothing but that is thrown", (_, strangerOf) => {
  fc.assert(
    fc.property(itemsOfType, fc.nat(), (items, index) => {
      const one = items[index % items.length] as PluginItem;
      const stranger = strangerOf(one) as PluginItem;
      const candidates = candidatesOf(items);
      const select = () => selectWith(() => stranger, type, candidates, []);
      expect(select).toThrow(SelectorError);
      selectWith(() => one, type, candidates, []);
      expect(select).toThrow(SelectorError);
    }),
  );
});

test("a candidate of before that is none any more is refused", () => {
  fc.assert(
    fc.property(itemsOfType, fc.nat(), (items, index) => {
      const one = items[index % items.length] as PluginItem;
      selectWith(() => one, type, candidatesOf(items), []);
      const candidates = candidatesOf(items.filter((other) => other !== one));
      expect(() => selectWith(() => one, type, candidates, [])).toThrow(SelectorError);
    }),
  );
});

test.each([
  ["null", null],
  ["a symbol", Symbol("broken")],
  ["a proxy that throws", new Proxy({}, { get: throws, has: throws, getPrototypeOf: throws })],
  ["an object without prototype", Object.create(null)],
  ["an error whose message throws", Object.defineProperty(new Error(), "message", { get: throws })],
  [
    "an aggregate whose errors throw",
    Object.assign(new Error(""), { errors: new Proxy([], { get: throws }) }),
  ],
])("a selector that throws %s fails with that as the cause", (_, thrown) => {
  const select = () =>
    selectWith(
      () => {
        throw thrown;
      },
      type,
      candidatesOf([]),
      [],
    );
  expect(select).toThrow(SelectorError);
  try {
    select();
  } catch (error) {
    expect((error as SelectorError).cause).toBe(thrown);
  }
});

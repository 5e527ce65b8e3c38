import {
  definePlugin,
  definePluginType,
  type JsonValue,
  type Lease,
  openPlugbay,
  type Plugbay,
  type PluginItem,
  type PluginType,
} from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { describe, expectTypeOf, test } from "vitest";

interface Gateway {
  charge(cents: number): Promise<string>;
}

const gateway = definePluginType<Gateway>({
  name: "gateway",
  manager: "apps/payment",
  methods: { charge: "required" },
});
const byCurrency = gateway.withSelector(({ active }, currency: string) =>
  active.find((item) => item.label === currency),
);
const byAmount = gateway.withSelector(({ active }, cents?: number) => active[cents ?? 0]);

declare const plugbay: Plugbay;

test("a plugbay has the documented calls, and nothing that only its opening needs", () => {
  // @ts-expect-error
  plugbay.begin;
  // @ts-expect-error
  plugbay.bootstrap;
  // @ts-expect-error
  plugbay.watch;
  // @ts-expect-error
  plugbay.snapshot;
  // @ts-expect-error
  plugbay.take;
});

test("a lease has the instance, and ends with its block", () => {
  using lease = plugbay.lease(gateway);
  expectTypeOf(lease).toEqualTypeOf<Lease<Gateway> | undefined>();
  expectTypeOf(lease?.instance).toEqualTypeOf<Gateway | undefined>();
  // @ts-expect-error its outcome is told by run
  lease?.report(true);
});

describe("a type with the default selection", () => {
  test("needs no arguments and gives its interface", () => {
    expectTypeOf(plugbay.get(gateway)).toEqualTypeOf<Gateway | undefined>();
    expectTypeOf(plugbay.require(gateway)).toEqualTypeOf<Gateway>();
    expectTypeOf(plugbay.getAll(gateway)).toEqualTypeOf<readonly Gateway[]>();
    expectTypeOf(plugbay.getById(gateway, "id")).toEqualTypeOf<Gateway | undefined>();
    expectTypeOf(plugbay.items(gateway)).toEqualTypeOf<readonly PluginItem[]>();
  });

  test("takes no arguments", () => {
    // @ts-expect-error there is no selector
    plugbay.get(gateway, "EUR");
    // @ts-expect-error there is no selector
    plugbay.require(gateway, "EUR");
    // @ts-expect-error there is no selector
    plugbay.getClass(gateway, "EUR");
    // @ts-expect-error there is no selector
    plugbay.explain(gateway, "EUR");
    // @ts-expect-error there is no selector
    void plugbay.run(gateway, (implementation) => implementation.charge(1), { args: ["EUR"] });
  });

  test("is not known by its name", () => {
    // @ts-expect-error no string keys
    plugbay.get("gateway");
    // @ts-expect-error an identity is not a token
    plugbay.get({ manager: "apps/payment", name: "gateway" });
  });
});

describe("a selector's arguments", () => {
  test("are required and typed in get, require, getClass and explain", () => {
    expectTypeOf(plugbay.get(byCurrency, "EUR")).toEqualTypeOf<Gateway | undefined>();
    expectTypeOf(plugbay.require(byCurrency, "EUR")).toEqualTypeOf<Gateway>();
    plugbay.getClass(byCurrency, "EUR");
    plugbay.explain(byCurrency, "EUR");
    // @ts-expect-error missing
    plugbay.get(byCurrency);
    // @ts-expect-error missing
    plugbay.require(byCurrency);
    // @ts-expect-error missing
    plugbay.getClass(byCurrency);
    // @ts-expect-error missing
    plugbay.explain(byCurrency);
    // @ts-expect-error wrong
    plugbay.get(byCurrency, 978);
    // @ts-expect-error wrong
    plugbay.require(byCurrency, 978);
    // @ts-expect-error wrong
    plugbay.getClass(byCurrency, 978);
    // @ts-expect-error wrong
    plugbay.explain(byCurrency, 978);
    // @ts-expect-error one too many
    plugbay.get(byCurrency, "EUR", "USD");
    // @ts-expect-error one too many
    plugbay.explain(byCurrency, "EUR", "USD");
  });

  test("that the selector has optional may be left out", () => {
    plugbay.get(byAmount);
    plugbay.get(byAmount, 100);
    // @ts-expect-error wrong
    plugbay.get(byAmount, "100");
  });

  test("do not concern getAll, getById and items", () => {
    expectTypeOf(plugbay.getAll(byCurrency)).toEqualTypeOf<readonly Gateway[]>();
    expectTypeOf(plugbay.getById(byCurrency, "id", { includeDisabled: true })).toEqualTypeOf<
      Gateway | undefined
    >();
    expectTypeOf(plugbay.items(byCurrency)).toEqualTypeOf<readonly PluginItem[]>();
    // @ts-expect-error not a selection
    plugbay.getAll(byCurrency, "EUR");
  });

  test("are required in the options of run", () => {
    const charge = (implementation: Gateway) => implementation.charge(100);
    expectTypeOf(plugbay.run(byCurrency, charge, { args: ["EUR"] })).toEqualTypeOf<Promise<string>>();
    expectTypeOf(plugbay.run(byCurrency, charge, { args: ["EUR"], timeoutMs: 5 })).toEqualTypeOf<
      Promise<string>
    >();
    // @ts-expect-error no options
    void plugbay.run(byCurrency, charge);
    // @ts-expect-error no args
    void plugbay.run(byCurrency, charge, { timeoutMs: 5 });
    // @ts-expect-error too few
    void plugbay.run(byCurrency, charge, { args: [] });
    // @ts-expect-error wrong
    void plugbay.run(byCurrency, charge, { args: [978] });
    // @ts-expect-error one too many
    void plugbay.run(byCurrency, charge, { args: ["EUR", "USD"] });
    // @ts-expect-error an argument that may not be left out is left out
    void plugbay.run(byCurrency, charge, { args: undefined });
  });

  test("that the selector can do without may be left out of run, too", () => {
    const charge = (implementation: Gateway) => implementation.charge(100);
    expectTypeOf(plugbay.run(byAmount, charge)).toEqualTypeOf<Promise<string>>();
    void plugbay.run(byAmount, charge, { timeoutMs: 5 });
    void plugbay.run(byAmount, charge, { args: [] });
    void plugbay.run(byAmount, charge, { args: [100] });
    // @ts-expect-error wrong
    void plugbay.run(byAmount, charge, { args: ["100"] });
    // @ts-expect-error one too many
    void plugbay.run(byAmount, charge, { args: [100, 200] });
  });

  test("can be passed on by a function of any type", () => {
    function withRetry<T extends object, Args extends readonly unknown[]>(
      type: PluginType<T, Args>,
      task: (implementation: T) => Promise<void>,
      ...args: Args
    ) {
      const found: T | undefined = plugbay.get(type, ...args);
      void found;
      plugbay.require(type, ...args);
      plugbay.explain(type, ...args);
      // @ts-expect-error they are lost
      void plugbay.run(type, task);
      return plugbay.run(type, task, { args });
    }
    expectTypeOf(withRetry(byCurrency, async (found) => void found.charge(1), "EUR")).toEqualTypeOf<
      Promise<void>
    >();
  });
});

describe("run", () => {
  test("hands the implementation and its context to the task and gives what the task gives", () => {
    const result = plugbay.run(gateway, async (implementation, { item, attempt, signal }) => {
      expectTypeOf(implementation).toEqualTypeOf<Gateway>();
      expectTypeOf(item).toEqualTypeOf<PluginItem>();
      expectTypeOf(attempt).toEqualTypeOf<number>();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      return { receipt: await implementation.charge(100) };
    });
    expectTypeOf(result).toEqualTypeOf<Promise<{ receipt: string }>>();
    expectTypeOf(
      plugbay.run(gateway, () => 1, {
        classify: (error) => (error instanceof Error ? "rejected" : undefined),
      }),
    ).toEqualTypeOf<Promise<number>>();
  });

  test("takes undefined for an option that may be left out", () => {
    const maybe = undefined as AbortSignal | undefined;
    void plugbay.run(gateway, () => 1, { signal: maybe, timeoutMs: undefined, classify: undefined });
    void plugbay.run(gateway, () => 1, { args: undefined });
    void plugbay.run(gateway, () => 1, undefined);
  });

  test("knows its options", () => {
    // @ts-expect-error the option is timeoutMs
    void plugbay.run(gateway, () => 1, { timeout: 5 });
  });
});

describe("getClass", () => {
  test("gives a class that can be made anew, whose instances have the interface", () => {
    const Class = plugbay.getClass(gateway);
    expectTypeOf(Class).not.toBeAny();
    if (Class === undefined) return;
    expectTypeOf(new Class()).toEqualTypeOf<Gateway>();
    class Logged extends Class {
      override async charge(cents: number): Promise<string> {
        return `logged ${await super.charge(cents)}`;
      }
    }
    expectTypeOf(new Logged().charge(1)).toEqualTypeOf<Promise<string>>();
  });
});

describe("events", () => {
  test("are typed by their names", () => {
    plugbay.on("change", ({ revision, types }) => {
      expectTypeOf(revision).toEqualTypeOf<number>();
      expectTypeOf(types[0]?.manager).toEqualTypeOf<string | undefined>();
    });
    plugbay.on("stale", ({ since }) => expectTypeOf(since).toEqualTypeOf<Date>());
    expectTypeOf(plugbay.on("live", () => {})).toEqualTypeOf<() => void>();
    // @ts-expect-error no such event
    plugbay.on("error", () => {});
    // @ts-expect-error a change has no item
    plugbay.on("change", ({ item }) => item);
  });
});

describe("state", () => {
  test("tells by its kind what else it has", () => {
    const { state } = plugbay;
    switch (state.kind) {
      case "live":
        expectTypeOf(state.ageMs).toEqualTypeOf<number>();
        // @ts-expect-error only a stale one has a cause
        return state.cause;
      case "stale":
        expectTypeOf(state.since).toEqualTypeOf<Date>();
        return state.cause;
      case "bootstrapped":
        expectTypeOf(state.from).toEqualTypeOf<"code" | "file">();
        return state.cause;
      case "closed":
        // @ts-expect-error nothing is served
        return state.revision;
      default:
        return expectTypeOf(state).toEqualTypeOf<never>();
    }
  });
});

describe("control", () => {
  const by = { actor: "alice" };

  test("bulk knows its actions", () => {
    for (const action of ["activate", "reserve", "disable", "raise", "lower"] as const) {
      void plugbay.control.bulk(["id"], action, by);
    }
    // @ts-expect-error the word is "activate"
    void plugbay.control.bulk(["id"], "enable", by);
    // @ts-expect-error somebody makes the change
    void plugbay.control.bulk(["id"], "raise");
    // @ts-expect-error somebody makes the change
    void plugbay.control.bulk(["id"], "raise", {});
  });

  test("list knows the fields that sort", () => {
    void plugbay.control.list({ sort: ["-priority", "name", "type", "-updatedAt"] });
    // @ts-expect-error no such field
    void plugbay.control.list({ sort: ["weight"] });
    // @ts-expect-error up is without a sign
    void plugbay.control.list({ sort: ["+priority"] });
    // @ts-expect-error the word is "disable"
    void plugbay.control.list({ status: "disabled" });
  });

  test("updateItem knows what may be changed", () => {
    void plugbay.control.updateItem("id", { status: "reserve", priority: 5 }, { ...by, version: 1 });
    // @ts-expect-error a name comes from code
    void plugbay.control.updateItem("id", { name: "other" }, by);
    // @ts-expect-error no such status
    void plugbay.control.updateItem("id", { status: "off" }, by);
    // @ts-expect-error no such source
    void plugbay.control.updateItem("id", {}, { ...by, source: "cron" });
  });
});

describe("openPlugbay", () => {
  const stripe = definePlugin(gateway, {
    name: "stripe",
    module: "apps/stripe",
    create: () => ({ charge: async () => "" }),
  });

  test("takes types, with and without selectors, and plugins, nested, in any order", () => {
    const options = { database: sqlite("app.db") };
    expectTypeOf(openPlugbay({ ...options, plugins: [stripe, [gateway, [[]]]] })).toEqualTypeOf<
      Promise<Plugbay>
    >();
    expectTypeOf(openPlugbay).toBeCallableWith({ ...options, plugins: byCurrency });
    // @ts-expect-error not made by definePlugin
    void openPlugbay({ ...options, plugins: [{ name: "stripe" }] });
    // @ts-expect-error no such mode
    void openPlugbay({ ...options, plugins: [], sync: "prune" });
    // @ts-expect-error a path is not a database
    void openPlugbay({ database: "app.db", plugins: [] });
  });

  test("items are read-only and their config is JSON", () => {
    const [item] = plugbay.items(gateway);
    expectTypeOf(item?.config).toEqualTypeOf<JsonValue | undefined>();
    // @ts-expect-error read-only
    if (item) item.priority = 1;
  });
});

describe("the public type", () => {
  test("has no step of opening, nor what is inside", () => {
    // @ts-expect-error only openPlugbay begins
    void plugbay.begin();
    // @ts-expect-error only openPlugbay bootstraps
    void plugbay.bootstrap("code");
    // @ts-expect-error only openPlugbay watches
    plugbay.watch();
    // @ts-expect-error no snapshot
    void plugbay.snapshot;
  });
});

describe("what may serve without a database", () => {
  type Bootstrap = NonNullable<Parameters<typeof openPlugbay>[0]["bootstrap"]>;

  test("is a source, a list of them, or none", () => {
    expectTypeOf<"fail">().toExtend<Bootstrap>();
    expectTypeOf<"code">().toExtend<Bootstrap>();
    expectTypeOf<{ file: string }>().toExtend<Bootstrap>();
    expectTypeOf<["code"]>().toExtend<Bootstrap>();
    expectTypeOf<[{ file: string }, "code"]>().toExtend<Bootstrap>();
    expectTypeOf<readonly ({ readonly file: string } | "code")[]>().toExtend<Bootstrap>();
    expectTypeOf<["fail"]>().not.toExtend<Bootstrap>();
    expectTypeOf<[{ file: string }, "fail"]>().not.toExtend<Bootstrap>();
    expectTypeOf<{ path: string }>().not.toExtend<Bootstrap>();
  });
});

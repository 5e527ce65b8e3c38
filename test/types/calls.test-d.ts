import {
  type AttemptReport,
  definePluginType,
  type ItemResult,
  type Outcome,
  type Plugbay,
  type PluginItem,
  type RunContext,
} from "plugbay";
import { describe, expectTypeOf, test } from "vitest";

interface Parcel extends Promise<string> {
  track(): void;
}

interface Post {
  readonly name: string;
  price: number;
  weigh(parcel: string): number;
  send(parcel: string, express?: boolean): Promise<string>;
  wait(): void;
  maybe(): string | Promise<string>;
  label<K extends string>(text: K): Promise<K>;
  find(id: number): Promise<string>;
  find(name: string): Promise<number>;
  parcel(): Parcel;
  like(): PromiseLike<string>;
  recall?(parcel: string): Date;
  readonly closeAt?: Date;
}

const post = definePluginType<Post>({
  ...{ name: "post", manager: "apps/shop" },
  methods: {
    ...{ weigh: "required", send: "required", wait: "required", maybe: "required", label: "required" },
    ...{ find: "required", parcel: "required", like: "required", recall: "optional" },
  },
});
const byCountry = post.withSelector(({ active }, country: string) =>
  active.find(({ label }) => label === country),
);
const byWeight = post.withSelector(({ active }, grams?: number) => active[grams ?? 0]);

declare const plugbay: Plugbay;

describe("a service", () => {
  const service = plugbay.service(post);

  test("has the methods, each asynchronous, and what is no method not at all", () => {
    expectTypeOf<keyof typeof service>().toEqualTypeOf<
      "weigh" | "send" | "wait" | "maybe" | "label" | "find" | "parcel" | "like" | "recall"
    >();
    expectTypeOf(service.weigh).toEqualTypeOf<(parcel: string) => Promise<number>>();
    expectTypeOf(service.send).toEqualTypeOf<(parcel: string, express?: boolean) => Promise<string>>();
    expectTypeOf(service.wait).toEqualTypeOf<() => Promise<void>>();
    expectTypeOf(service.maybe).toEqualTypeOf<() => Promise<string>>();
    // @ts-expect-error a property of an implementation may differ from one call to the next
    service.name;
    // @ts-expect-error
    service.price;
  });

  test("keeps type parameters and overloads of asynchronous methods", () => {
    expectTypeOf(service.label("fragile" as const)).toEqualTypeOf<Promise<"fragile">>();
    expectTypeOf(service.find(1)).toEqualTypeOf<Promise<string>>();
    expectTypeOf(service.find("x")).toEqualTypeOf<Promise<number>>();
    // @ts-expect-error neither a number nor a text
    void service.find(true);
  });

  test("gives promises, where an implementation gives more than that", () => {
    expectTypeOf(service.parcel()).toEqualTypeOf<Promise<string>>();
    expectTypeOf(service.like()).toExtend<PromiseLike<string>>();
  });

  test("has optional methods for certain", () => {
    expectTypeOf(service.recall).toEqualTypeOf<(parcel: string) => Promise<Date>>();
  });

  test("is read only", () => {
    // @ts-expect-error it is for good
    service.send = async () => "";
  });

  test("takes the arguments of a selector once, and needs those that are required", () => {
    expectTypeOf(plugbay.service(byCountry, { args: ["NL"] })).toEqualTypeOf(service);
    expectTypeOf(plugbay.service(byWeight, { args: [] })).toEqualTypeOf(service);
    // @ts-expect-error the country is missing
    plugbay.service(byCountry);
    // @ts-expect-error the country is missing
    plugbay.service(byCountry, { timeoutMs: 1 });
    // @ts-expect-error a country is a text
    plugbay.service(byCountry, { args: [5] });
    // @ts-expect-error there is no selector
    plugbay.service(post, { args: ["NL"] });
    // @ts-expect-error no such option
    plugbay.service(post, { timeout: 1 });
  });
});

describe("a run", () => {
  test("gives what its task gives, and tells it of the attempt", () => {
    const run = plugbay.run(post, (implementation, context) => {
      expectTypeOf(implementation).toEqualTypeOf<Post>();
      expectTypeOf(context).toEqualTypeOf<RunContext>();
      expectTypeOf(context.item).toEqualTypeOf<PluginItem>();
      expectTypeOf(context.progress).toEqualTypeOf<() => void>();
      // @ts-expect-error it is the same for all attempts
      context.runId = "mine";
      return implementation.like();
    });
    expectTypeOf(run).toEqualTypeOf<Promise<string>>();
    expectTypeOf(plugbay.run(post, (one) => one.weigh("x"))).toEqualTypeOf<Promise<number>>();
  });

  test("needs the arguments of a selector", () => {
    expectTypeOf(plugbay.run(byCountry, (one) => one.name, { args: ["NL"] })).toEqualTypeOf<
      Promise<string>
    >();
    // @ts-expect-error the country is missing
    void plugbay.run(byCountry, (one) => one.name);
    // @ts-expect-error one country
    void plugbay.run(byCountry, (one) => one.name, { args: ["NL", "BE"] });
  });

  test("is told what an error means by a word or a number of milliseconds, at once", () => {
    void plugbay.run(post, () => 1, { classify: () => ({ exhausted: 5 }) });
    void plugbay.run(post, () => 1, {
      onAttempt: (report) => expectTypeOf(report).toEqualTypeOf<AttemptReport>(),
    });
    // @ts-expect-error no outcome
    void plugbay.run(post, () => 1, { classify: () => "fatal" });
    // @ts-expect-error not at once
    void plugbay.run(post, () => 1, { classify: async () => "rejected" as const });
    // @ts-expect-error classify says it all
    void plugbay.run(post, () => 1, { failover: () => true });
  });
});

describe("a stream", () => {
  const stream = plugbay.stream(post, async function* (one) {
    yield one.name;
  });

  test("has the parts of its task's, and ends with its block", () => {
    expectTypeOf(stream).toEqualTypeOf<AsyncIterableIterator<string, undefined> & AsyncDisposable>();
    expectTypeOf(plugbay.stream(post, async () => [1, 2]).next()).toEqualTypeOf<
      Promise<IteratorResult<number, undefined>>
    >();
    expectTypeOf(plugbay.stream(post, () => new Set<Date>()).next()).toEqualTypeOf<
      Promise<IteratorResult<Date, undefined>>
    >();
  });

  test("is made of something that has parts", () => {
    // @ts-expect-error a number has no parts
    plugbay.stream(post, () => 5);
    // @ts-expect-error the country is missing
    plugbay.stream(byCountry, () => [1]);
    plugbay.stream(byCountry, () => [1], { args: ["NL"] });
  });
});

describe("runAll", () => {
  test("gives a result for each item, to be told apart by its status", async () => {
    const results = await plugbay.runAll(byCountry, (one) => one.send("x"));
    expectTypeOf(results).toEqualTypeOf<ItemResult<string>[]>();
    for (const result of results) {
      if (result.status === "fulfilled") expectTypeOf(result.value).toEqualTypeOf<string>();
      else expectTypeOf(result.reason).toEqualTypeOf<unknown>();
      // @ts-expect-error it may have failed
      result.value;
      // @ts-expect-error results are what they were
      result.item = results[0]?.item;
    }
  });

  test("asks no selector", () => {
    // @ts-expect-error it calls all of them
    void plugbay.runAll(byCountry, (one) => one.name, { args: ["NL"] });
  });
});

test("what is reported later is an outcome, or that it failed", () => {
  expectTypeOf(plugbay.report).parameters.toEqualTypeOf<[string, "success" | "failed" | Outcome]>();
  // @ts-expect-error no outcome
  plugbay.report("pb1_", "delivered");
  // @ts-expect-error no outcome
  plugbay.report("pb1_");
});

test("a lease needs the arguments of a selector, and its instance stays what it is", () => {
  using lease = plugbay.lease(byCountry, "NL");
  expectTypeOf(lease?.instance).toEqualTypeOf<Post | undefined>();
  // @ts-expect-error the country is missing
  plugbay.lease(byCountry);
  // @ts-expect-error it is read only
  if (lease) lease.instance = {};
});

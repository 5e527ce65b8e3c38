import { type AnyPluginType, definePluginType, type PluginType } from "plugbay";
import { describe, expectTypeOf, test } from "vitest";

interface Gateway {
  readonly currency: string;
  charge(cents: number): Promise<string>;
  refund?(id: string): Promise<void>;
}

const identity = { name: "gateway", manager: "apps/payment" };

describe("methods", () => {
  test("are every method of the interface, and no property", () => {
    const gateway = definePluginType<Gateway>({
      ...identity,
      methods: { charge: "required", refund: "optional" },
    });
    expectTypeOf(gateway).toEqualTypeOf<PluginType<Gateway>>();
  });

  test("may not be left out", () => {
    // @ts-expect-error methods is missing
    definePluginType<Gateway>({ ...identity });
    // @ts-expect-error charge is missing
    definePluginType<Gateway>({ ...identity, methods: { refund: "optional" } });
    // @ts-expect-error an optional method is declared too
    definePluginType<Gateway>({ ...identity, methods: { charge: "required" } });
  });

  test("may not name what the interface does not have", () => {
    definePluginType<Gateway>({
      ...identity,
      // @ts-expect-error cancel is no method of Gateway
      methods: { charge: "required", refund: "optional", cancel: "required" },
    });
    definePluginType<Gateway>({
      ...identity,
      // @ts-expect-error currency is not a method
      methods: { charge: "required", refund: "optional", currency: "required" },
    });
  });

  test("are as optional as in the interface", () => {
    // @ts-expect-error charge is required in Gateway
    definePluginType<Gateway>({ ...identity, methods: { charge: "optional", refund: "optional" } });
    // @ts-expect-error refund is optional in Gateway
    definePluginType<Gateway>({ ...identity, methods: { charge: "required", refund: "required" } });
    // @ts-expect-error neither word
    definePluginType<Gateway>({ ...identity, methods: { charge: true, refund: "optional" } });
  });

  test("of an overloaded, a generic and a function-valued member count as methods", () => {
    interface Store {
      get(key: string): string;
      get(key: number): number;
      map<T>(value: T): T;
      readonly listen: (listener: () => void) => () => void;
      readonly size: number;
    }
    definePluginType<Store>({
      ...identity,
      methods: { get: "required", map: "required", listen: "required" },
    });
    // @ts-expect-error listen is missing
    definePluginType<Store>({ ...identity, methods: { get: "required", map: "required" } });
  });
});

describe("a type without methods", () => {
  interface Settings {
    readonly url: string;
  }

  test("is refused", () => {
    // @ts-expect-error Settings has none
    definePluginType<Settings>({ ...identity, methods: {} });
    // @ts-expect-error Settings has none
    definePluginType<Settings>({ ...identity, methods: { url: "required" } });
    // @ts-expect-error T is forgotten: get would give an object of no known methods
    definePluginType({ ...identity, methods: { charge: "required" } });
  });
});

describe("a token", () => {
  interface Refunding extends Gateway {
    chargeBack(id: string): Promise<void>;
  }
  const gateway = definePluginType<Gateway>({
    ...identity,
    methods: { charge: "required", refund: "optional" },
  });
  const refunding = definePluginType<Refunding>({
    ...identity,
    methods: { charge: "required", refund: "optional", chargeBack: "required" },
  });

  test("of a subtype is none of its base, for which plugins may lack methods; nor the other way round", () => {
    // @ts-expect-error a plugin of the base would lack chargeBack
    const base: PluginType<Gateway> = refunding;
    // @ts-expect-error get would promise chargeBack
    const sub: PluginType<Refunding> = gateway;
    void [base, sub];
  });

  test("of any type is an AnyPluginType, with a selector or without", () => {
    const tokens: AnyPluginType[] = [gateway, refunding, gateway.withSelector((_, n: number) => void n)];
    void tokens;
  });
});

describe("interface", () => {
  abstract class AbstractGateway {
    abstract charge(cents: number): Promise<string>;
    refund?(id: string): Promise<void>;
    protected log(): void {}
  }

  test("an abstract class gives the type", () => {
    const gateway = definePluginType({
      ...identity,
      interface: AbstractGateway,
      methods: { charge: "required", refund: "optional" },
    });
    expectTypeOf(gateway).toEqualTypeOf<PluginType<AbstractGateway>>();
  });

  test("its public methods must all be declared", () => {
    // @ts-expect-error refund is missing
    definePluginType({ ...identity, interface: AbstractGateway, methods: { charge: "required" } });
    definePluginType({
      ...identity,
      interface: AbstractGateway,
      // @ts-expect-error log is protected
      methods: { charge: "required", refund: "optional", log: "required" },
    });
  });

  test("must be a class of the type that is given", () => {
    class Other {
      other(): void {}
    }
    definePluginType<Gateway>({
      ...identity,
      methods: { charge: "required", refund: "optional" },
      // @ts-expect-error Other is no Gateway
      interface: Other,
    });
  });

  test("may have a protected constructor", () => {
    abstract class Keyed {
      readonly #key: string;
      protected constructor(key: string) {
        this.#key = key;
      }
      abstract send(to: string): Promise<string>;
      protected get key(): string {
        return this.#key;
      }
    }
    const keyed = definePluginType({ ...identity, interface: Keyed, methods: { send: "required" } });
    expectTypeOf(keyed).toEqualTypeOf<PluginType<Keyed>>();
    // @ts-expect-error send is missing
    definePluginType({ ...identity, interface: Keyed, methods: {} });
    definePluginType<Gateway>({
      ...identity,
      methods: { charge: "required", refund: "optional" },
      // @ts-expect-error Keyed is no Gateway
      interface: Keyed,
    });
  });

  test("must be a class", () => {
    class Some {
      charge(): void {}
    }
    // @ts-expect-error an instance
    definePluginType<Some>({ ...identity, interface: new Some(), methods: { charge: "required" } });
  });

  test("a class with a private constructor parameter list of its own is accepted", () => {
    abstract class Configured {
      readonly #key: string;
      constructor(key: string) {
        this.#key = key;
      }
      abstract send(): void;
      key(): string {
        return this.#key;
      }
    }
    const type = definePluginType({
      ...identity,
      interface: Configured,
      methods: { send: "required", key: "required" },
    });
    expectTypeOf(type).toEqualTypeOf<PluginType<Configured>>();
  });
});

describe("withSelector", () => {
  const gateway = definePluginType<Gateway>({
    ...identity,
    methods: { charge: "required", refund: "optional" },
  });

  test("keeps the interface and takes over the selector's further parameters", () => {
    const byCurrency = gateway.withSelector(({ active }, currency: string, cents?: number) =>
      active.find((item) => item.label === currency && cents !== 0),
    );
    expectTypeOf(byCurrency).toEqualTypeOf<PluginType<Gateway, [currency: string, cents?: number]>>();
  });

  test("without further parameters leaves the type as it was", () => {
    expectTypeOf(gateway.withSelector(({ active }) => active.at(-1))).toEqualTypeOf<PluginType<Gateway>>();
  });

  test("must give an item, at once", () => {
    // @ts-expect-error a name is no item
    gateway.withSelector(({ active }) => active[0]?.name);
    // @ts-expect-error asynchronous
    gateway.withSelector(async ({ active }) => active[0]);
  });

  test("may not change the candidates", () => {
    // @ts-expect-error the lists are read-only
    gateway.withSelector(({ active }) => active.pop());
  });
});

describe("policy", () => {
  const methods = { charge: "required", refund: "optional" } as const;
  const define = definePluginType<Gateway>;

  test("has times, counts, a circuit or none, and a function that may leave it to the default", () => {
    define({ ...identity, methods, policy: { idempotent: true, timeoutMs: undefined, circuit: false } });
    define({
      ...identity,
      methods,
      policy: { classify: () => ({ exhausted: 5 }), circuit: { failures: 1 } },
    });
    define({ ...identity, methods, policy: { classify: (error) => (error ? "ambiguous" : undefined) } });
  });

  test("takes no other names, values or answers", () => {
    // @ts-expect-error misspelt
    define({ ...identity, methods, policy: { timeout: 5 } });
    // @ts-expect-error a circuit is said or refused, not asked for
    define({ ...identity, methods, policy: { circuit: true } });
    // @ts-expect-error no outcome
    define({ ...identity, methods, policy: { classify: () => "retry" } });
    // @ts-expect-error asynchronous
    define({ ...identity, methods, policy: { classify: async () => "retryable" } });
  });
});

import { type } from "arktype";
import {
  type CheckContext,
  type CreateContext,
  definePlugin,
  definePluginType,
  type JsonValue,
  type Plugin,
  type PluginItem,
  type SecretPath,
} from "plugbay";
import * as v from "valibot";
import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";

interface Gateway {
  charge(cents: number): Promise<string>;
  refund?(id: string): Promise<void>;
}

const gateway = definePluginType<Gateway>({
  name: "gateway",
  manager: "apps/payment",
  methods: { charge: "required", refund: "optional" },
});
const identity = { name: "stripe", module: "apps/stripe" };
const charge = async (cents: number): Promise<string> => String(cents);

class Stripe implements Gateway {
  charge = charge;
}

describe("an implementation", () => {
  test("is a class or a create function", () => {
    expectTypeOf(definePlugin(gateway, { ...identity, class: Stripe })).toEqualTypeOf<
      Plugin<Gateway, never>
    >();
    definePlugin(gateway, { ...identity, create: () => new Stripe() });
    definePlugin(gateway, { ...identity, create: () => ({ charge }) });
    definePlugin(gateway, { ...identity, create: async () => ({ charge, refund: async () => {} }) });
  });

  test("is not both, and not neither", () => {
    // @ts-expect-error both
    definePlugin(gateway, { ...identity, class: Stripe, create: () => new Stripe() });
    // @ts-expect-error neither
    definePlugin(gateway, { ...identity });
  });

  test("of another interface is refused", () => {
    class Sms {
      send(): void {}
    }
    class Mistyped {
      async charge(cents: string): Promise<string> {
        return cents;
      }
    }
    // @ts-expect-error no charge
    definePlugin(gateway, { ...identity, class: Sms });
    // @ts-expect-error charge takes a string
    definePlugin(gateway, { ...identity, class: Mistyped });
    // @ts-expect-error no charge
    definePlugin(gateway, { ...identity, create: () => new Sms() });
    // @ts-expect-error no charge
    definePlugin(gateway, { ...identity, create: async () => new Sms() });
    // @ts-expect-error charge is not asynchronous
    definePlugin(gateway, { ...identity, create: () => ({ charge: (cents: number) => String(cents) }) });
    // @ts-expect-error nothing is returned
    definePlugin(gateway, { ...identity, create: () => undefined });
    // @ts-expect-error an instance is not a class
    definePlugin(gateway, { ...identity, class: new Stripe() });
  });

  test("is refused when the class is abstract or wants other constructor arguments", () => {
    abstract class Unfinished implements Gateway {
      abstract charge(cents: number): Promise<string>;
    }
    class WithKey extends Stripe {
      readonly key: string;
      constructor(key: string) {
        super();
        this.key = key;
      }
    }
    // @ts-expect-error abstract
    definePlugin(gateway, { ...identity, class: Unfinished });
    // @ts-expect-error its constructor takes a string, not a context
    definePlugin(gateway, { ...identity, class: WithKey });
  });

  test("does not widen what the type's interface demands", () => {
    const other = definePluginType<{ ping(): string }>({
      name: "ping",
      manager: "apps/ping",
      methods: { ping: "required" },
    });
    // @ts-expect-error the plugin's class has no say in the interface
    definePlugin(other, { ...identity, class: Stripe });
  });

  test("of a type with a selector is checked alike", () => {
    const byCurrency = gateway.withSelector(({ active }, currency: string) =>
      active.find((item) => item.label === currency),
    );
    definePlugin(byCurrency, { ...identity, class: Stripe });
    // @ts-expect-error no charge
    definePlugin(byCurrency, { ...identity, create: () => ({}) });
  });

  test("of a type inferred from an abstract class is a class that extends it", () => {
    abstract class AbstractGateway {
      readonly #calls = 0;
      abstract charge(cents: number): Promise<string>;
      calls(): number {
        return this.#calls;
      }
    }
    class Extending extends AbstractGateway {
      charge = charge;
    }
    class LookAlike {
      charge = charge;
      calls(): number {
        return 0;
      }
    }
    const abstractGateway = definePluginType({
      name: "gateway",
      manager: "apps/payment",
      interface: AbstractGateway,
      methods: { charge: "required", calls: "required" },
    });
    definePlugin(abstractGateway, { ...identity, class: Extending });
    // @ts-expect-error lacks the private part of AbstractGateway
    definePlugin(abstractGateway, { ...identity, class: LookAlike });
  });
});

describe("what create returns", () => {
  test("knows its parameters from the interface", () => {
    const check = (cents: number) => void expectTypeOf(cents).toEqualTypeOf<number>();
    definePlugin(gateway, {
      ...identity,
      create: () => ({
        charge: async (cents) => {
          expectTypeOf(cents).toEqualTypeOf<number>();
          return "";
        },
      }),
    });
    definePlugin(gateway, {
      ...identity,
      create: async () => ({
        async charge(cents) {
          check(cents);
          return "";
        },
      }),
    });
  });

  test("may have more methods, and may be a promise in some cases only", () => {
    definePlugin(gateway, { ...identity, create: () => ({ charge, close() {} }) });
    definePlugin(gateway, {
      ...identity,
      create: ({ signal }) => (signal.aborted ? new Stripe() : Promise.resolve(new Stripe())),
      dispose: (instance) => void expectTypeOf(instance).toEqualTypeOf<Stripe>(),
    });
    // @ts-expect-error without charge in one of the cases
    definePlugin(gateway, { ...identity, create: ({ signal }) => (signal.aborted ? new Stripe() : {}) });
  });
});

describe("a plugin", () => {
  const stripe = definePlugin(gateway, {
    ...identity,
    config: z.object({ apiKey: z.string(), retries: z.number().default(3) }),
    class: Stripe,
  });

  test("keeps the interface and what its schema takes in", () => {
    expectTypeOf(stripe).toEqualTypeOf<Plugin<Gateway, { apiKey: string; retries?: number | undefined }>>();
    const plugins: Plugin[] = [stripe, definePlugin(gateway, { ...identity, class: Stripe })];
    void plugins;
    // @ts-expect-error another config
    const other: Plugin<Gateway, { token: string }> = stripe;
    // @ts-expect-error another interface
    const sms: Plugin<{ send(): void }> = stripe;
    void [other, sms];
  });
});

describe("a transient plugin", () => {
  test("has a class, or a create that is synchronous", () => {
    definePlugin(gateway, { ...identity, lifetime: "transient", class: Stripe });
    definePlugin(gateway, { ...identity, lifetime: "transient", create: () => new Stripe() });
    // @ts-expect-error asynchronous
    definePlugin(gateway, { ...identity, lifetime: "transient", create: async () => new Stripe() });
  });

  test("of singleton lifetime may be asynchronous", () => {
    definePlugin(gateway, { ...identity, lifetime: "singleton", create: async () => new Stripe() });
    // @ts-expect-error no such lifetime
    definePlugin(gateway, { ...identity, lifetime: "request", class: Stripe });
  });
});

describe("config", () => {
  const valibotConfig = v.object({ a: v.string(), b: v.optional(v.object({ c: v.nullable(v.string()) })) });
  const zodConfig = z.object({ apiKey: z.string(), retries: z.number().default(3) });

  test("is undefined without a schema", () => {
    definePlugin(gateway, {
      ...identity,
      create: (context) => {
        expectTypeOf(context).toEqualTypeOf<CreateContext<undefined>>();
        return new Stripe();
      },
    });
  });

  test("is what a zod schema gives out", () => {
    definePlugin(gateway, {
      ...identity,
      config: zodConfig,
      create: ({ config, item, signal }) => {
        expectTypeOf(config).toEqualTypeOf<{ apiKey: string; retries: number }>();
        expectTypeOf(item).toEqualTypeOf<PluginItem>();
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
        return new Stripe();
      },
    });
  });

  test("is what a valibot schema gives out", () => {
    definePlugin(gateway, {
      ...identity,
      config: v.object({ apiKey: v.string(), port: v.pipe(v.string(), v.transform(Number)) }),
      create: async ({ config }) => {
        expectTypeOf(config).toEqualTypeOf<{ apiKey: string; port: number }>();
        return new Stripe();
      },
    });
  });

  test("is what an arktype schema gives out", () => {
    definePlugin(gateway, {
      ...identity,
      lifetime: "transient",
      config: type({ apiKey: "string", "port?": "number" }),
      create: ({ config }) => {
        expectTypeOf(config).toEqualTypeOf<{ apiKey: string; port?: number }>();
        return new Stripe();
      },
    });
  });

  test("reaches a class by its constructor", () => {
    class Configured extends Stripe {
      constructor({ config }: CreateContext<z.infer<typeof zodConfig>>) {
        super();
        expectTypeOf(config.apiKey).toEqualTypeOf<string>();
      }
    }
    definePlugin(gateway, { ...identity, config: zodConfig, class: Configured });
    definePlugin(gateway, { ...identity, config: zodConfig, class: Stripe });
    // @ts-expect-error the class wants a config, and there is no schema
    definePlugin(gateway, { ...identity, class: Configured });
    // @ts-expect-error the schema gives another config
    definePlugin(gateway, { ...identity, config: z.object({ token: z.string() }), class: Configured });
  });

  test("is brought forward to what the schema takes in", () => {
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      config: zodConfig,
      version: 2,
      migrateConfig: (config, fromVersion) => {
        expectTypeOf(config).toEqualTypeOf<JsonValue>();
        expectTypeOf(fromVersion).toEqualTypeOf<number>();
        return { apiKey: "" };
      },
    });
    // @ts-expect-error no such config
    definePlugin(gateway, { ...identity, class: Stripe, config: zodConfig, migrateConfig: () => ({}) });
    // @ts-expect-error a version is a number
    definePlugin(gateway, { ...identity, class: Stripe, config: zodConfig, version: "2" });
  });

  test("has secrets among the texts of what its schema takes in", () => {
    const config = z.object({
      host: z.string(),
      port: z.number(),
      smtp: z.object({ password: z.string().optional(), hops: z.array(z.string()) }).optional(),
      pin: z.string().transform(Number),
    });
    definePlugin(gateway, { ...identity, class: Stripe, config, secrets: ["host", "smtp.password", "pin"] });
    // @ts-expect-error a number
    definePlugin(gateway, { ...identity, class: Stripe, config, secrets: ["port"] });
    // @ts-expect-error not there
    definePlugin(gateway, { ...identity, class: Stripe, config, secrets: ["smtp.user"] });
    // @ts-expect-error an object
    definePlugin(gateway, { ...identity, class: Stripe, config, secrets: ["smtp"] });
    // @ts-expect-error a list
    definePlugin(gateway, { ...identity, class: Stripe, config, secrets: ["smtp.hops"] });
    // @ts-expect-error no schema
    definePlugin(gateway, { ...identity, class: Stripe, secrets: ["token"] });
    expectTypeOf<SecretPath<v.InferInput<typeof valibotConfig>>>().toEqualTypeOf<"a" | "b.c">();
  });

  test("is what check gets, and check says a text or nothing", () => {
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      config: zodConfig,
      check: (context) => {
        expectTypeOf(context).toEqualTypeOf<CheckContext<{ apiKey: string; retries: number }, Gateway>>();
      },
    });
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      check: async ({ config, signal }) => {
        expectTypeOf(config).toEqualTypeOf<undefined>();
        return signal.aborted ? "too late" : undefined;
      },
    });
    definePlugin(gateway, { ...identity, class: Stripe, check: () => "works" });
    definePlugin(gateway, { ...identity, class: Stripe, check: async () => {} });
    // @ts-expect-error whether it works is told by throwing
    definePlugin(gateway, { ...identity, class: Stripe, check: () => false });
    // @ts-expect-error a number is no message
    definePlugin(gateway, { ...identity, class: Stripe, check: async () => 200 });
    // @ts-expect-error it gets a context, and no item
    definePlugin(gateway, { ...identity, class: Stripe, check: ({ item }) => item.label });
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      config: zodConfig,
      // @ts-expect-error no such field
      check: ({ config }) => config.url,
    });
    // @ts-expect-error no function
    definePlugin(gateway, { ...identity, class: Stripe, check: "works" });
  });

  test("must be a schema", () => {
    // @ts-expect-error a plain object
    definePlugin(gateway, { ...identity, config: { apiKey: "string" }, class: Stripe });
  });
});

describe("the other options", () => {
  test("dispose gets what the class or create makes", () => {
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      dispose: (instance) => void expectTypeOf(instance).toEqualTypeOf<Stripe>(),
    });
    definePlugin(gateway, {
      ...identity,
      create: async ({ signal }) => ({ charge, signal }),
      dispose: ({ signal }) => void expectTypeOf(signal).toEqualTypeOf<AbortSignal>(),
    });
    definePlugin(gateway, {
      ...identity,
      lifetime: "transient",
      create: () => new Stripe(),
      dispose: (instance) => void expectTypeOf(instance).toEqualTypeOf<Stripe>(),
    });
    // @ts-expect-error no such method
    definePlugin(gateway, { ...identity, class: Stripe, dispose: (instance) => instance.close() });
    definePlugin(gateway, { ...identity, class: Stripe, dispose: async () => {} });
  });

  test("may be undefined where they may be left out", () => {
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      create: undefined,
      priority: undefined,
      status: undefined,
      description: undefined,
      aliases: undefined,
      config: undefined,
      version: undefined,
      migrateConfig: undefined,
      secrets: undefined,
      check: undefined,
      dispose: undefined,
      lifetime: undefined,
    });
    definePluginType<{ send(): void }>({
      ...{ name: "t", manager: "m", methods: { send: "required" } },
      description: undefined,
      interface: undefined,
      aliases: undefined,
    });
  });

  test("status is one of three words", () => {
    definePlugin(gateway, { ...identity, class: Stripe, status: "reserve" });
    // @ts-expect-error the word is "reserve"
    definePlugin(gateway, { ...identity, class: Stripe, status: "reserved" });
  });

  test("aliases are former names, or parts of identities", () => {
    definePlugin(gateway, {
      ...identity,
      class: Stripe,
      aliases: ["card", { module: "apps/old" }, { module: "apps/old", name: "card" }],
    });
    // @ts-expect-error plugins have modules, types have managers
    definePlugin(gateway, { ...identity, class: Stripe, aliases: [{ manager: "apps/old" }] });
  });

  test("the name and the module are needed, others are not known", () => {
    // @ts-expect-error no module
    definePlugin(gateway, { name: "stripe", class: Stripe });
    // @ts-expect-error not an option
    definePlugin(gateway, { ...identity, class: Stripe, enabled: true });
  });
});

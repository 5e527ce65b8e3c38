import { inspect } from "node:util";
import { definePlugin, type OpenOptions, type Plugbay, PluginFailedError, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { messageOf } from "../../src/thrown.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { oddThings } from "../secrets/odd-things.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const alice = { actor: "alice" };
const schema = z.strictObject({ token: z.string() });
const identity = { module: "apps/odd", name: "odd" };

type Throw = () => never;
type Parts = Partial<Parameters<typeof definePlugin<Sender, [], typeof schema>>[1]> & object;

const oddPlugin = (parts: Parts) =>
  definePlugin(otp, {
    ...{ config: schema, secrets: ["token"], create: () => new Sender("odd") },
    ...parts,
    ...identity,
  } as Parameters<typeof definePlugin<Sender, [], typeof schema>>[1]);

/** A process with an item of a plugin that is made of these parts, whose token is `token`. */
class Home {
  readonly bench: Workbench;
  readonly #keys = generateKey().entry;
  readonly #token: string;

  private constructor(bench: Workbench, token: string) {
    this.bench = bench;
    this.#token = token;
  }

  static async create(token: string): Promise<Home> {
    return new Home(await Workbench.create(), token);
  }

  open(parts: Parts, options: Partial<OpenOptions> = {}): Promise<Plugbay> {
    return this.bench.open([otp, oddPlugin(parts)], { keys: this.#keys, ...options });
  }

  /** As `open`, and adds the item. */
  async serve(parts: Parts, options?: Partial<OpenOptions>): Promise<Plugbay> {
    const plugbay = await this.open(parts, options);
    await this.addTo(plugbay);
    return plugbay;
  }

  async addTo(plugbay: Plugbay): Promise<void> {
    const config = { token: this.#token };
    await plugbay.control.createItem({ type: otp, ...identity, label: "eu", config }, alice);
    await settle();
  }
}

const oddItem = (plugbay: Plugbay): PluginItem => itemOf(plugbay.items(otp), "odd");
const failureOf = (plugbay: Plugbay): unknown => plugbay.explain(otp)[0]?.error;
const thrownBy = (call: () => unknown): Promise<unknown> =>
  (async () => call())().then(
    () => expect.unreachable("it threw nothing"),
    (error: unknown) => error,
  );

const schemaOf = (validate: () => unknown) =>
  ({ "~standard": { version: 1, vendor: "odd", validate } }) as unknown as typeof schema;

/** The warnings of the process, with their details; they are not printed. */
let warnings: string[];
beforeEach(() => {
  warnings = [];
  const spy = vi.spyOn(process, "emitWarning").mockImplementation((message, options) => {
    warnings.push(`${message} ${(options as { detail?: string }).detail}`);
  });
  onTestFinished(() => spy.mockRestore());
});

/** Where a plugin can throw, each with what is told of it. */
const places: Readonly<Record<string, (home: Home, odd: Throw) => Promise<unknown>>> = {
  "a task": async (home, odd) => {
    const plugbay = await home.serve({});
    return thrownBy(() => plugbay.run(otp, odd));
  },
  create: async (home, odd) => failureOf(await home.serve({ create: odd })),
  "an asynchronous create": async (home, odd) => failureOf(await home.serve({ create: async () => odd() })),
  "a transient create": async (home, odd) => {
    const plugbay = await home.serve({ lifetime: "transient", create: odd });
    expect(plugbay.get(otp)).toBeUndefined();
    return failureOf(plugbay);
  },
  migrateConfig: async (home, odd) => {
    const before = await home.serve({});
    await before.close();
    return failureOf(await home.open({ version: 2, migrateConfig: odd }));
  },
  "a schema": async (home, odd) => {
    const plugbay = await home.open({ config: schemaOf(odd) });
    return thrownBy(() => home.addTo(plugbay));
  },
  "an asynchronous schema": async (home, odd) => {
    const plugbay = await home.open({ config: schemaOf(async () => odd()) });
    return thrownBy(() => home.addTo(plugbay));
  },
  check: async (home, odd) => {
    const plugbay = await home.serve({ check: odd });
    const { ok, message } = await plugbay.control.checkItem(oddItem(plugbay).id, {});
    expect(ok).toBe(false);
    return message;
  },
  "a health check": async (home, odd) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const plugbay = await home.serve({ check: odd }, { healthChecks: { intervalMs: 30_000 } });
    await home.bench.clock.advance(90_000);
    return failureOf(plugbay);
  },
  dispose: async (home, odd) => {
    const plugbay = await home.serve({ dispose: odd });
    await plugbay.close();
    return warnings.join();
  },
};

/** What everybody can see of it: its texts, properties and causes, and what is sent as JSON. */
const shown = (error: unknown): string =>
  `${messageOf(error)} ${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)}`;

/** Of each kind one: what else there is goes through the same `hideInError`, and a task throws all of them. */
const ofEachKind = new Set([
  "null",
  "a symbol",
  "a bare object without prototype",
  "an error whose message refuses",
  "an error whose message is an object",
  "an error whose cause refuses",
  "a frozen error",
  "a revoked proxy",
  "an error with 10,000 causes",
  "an error of another realm",
  "a message of 5 MB",
]);

describe.each(Object.entries(oddThings))("%s", (name, [make, text]) => {
  const odd: Throw = () => {
    throw make();
  };
  // A proxy is not asked for its properties.
  const isUnreadable = /^a (proxy that|revoked)/.test(name);

  const where = Object.entries(places).filter(([place]) => place === "a task" || ofEachKind.has(name));
  test.each(where)("thrown by %s is a failure with its message", async (_place, throwIn) => {
    const told = messageOf(await throwIn(await Home.create("hunter2!"), odd));
    expect(told).toContain(isUnreadable ? "" : text.replace(/^\{"message":|\}\}$/g, "").slice(0, 15));
    expect(told.length).toBeLessThan(15_000);
  });
});

test.each(Object.entries(places))(
  "what is thrown by %s tells no secret, in whatever it is",
  async (place, throwIn) => {
    for (const name of ["a text", "a symbol", "an object", "a frozen error", "an error of another realm"]) {
      const make = oddThings[name]?.[0] ?? expect.unreachable(name);
      const error = await throwIn(await Home.create("declined"), () => {
        throw Object.assign(new Error("down"), { about: make(), cause: make(), list: [make()] });
      });
      expect(shown(error), place).not.toContain("declined");
    }
  },
);

describe("beside plugins", () => {
  test.each(Object.entries(oddThings))("a selector that throws %s is a SelectorError", async (_, [make]) => {
    const type = otp.withSelector(() => {
      throw make();
    });
    const bench = await Workbench.create();
    const plugbay = await bench.open([type, senderPlugin("a")]);
    expect(await thrownBy(() => plugbay.get(type))).toMatchObject({ code: "SELECTOR_FAILED" });
    expect(await thrownBy(() => plugbay.run(type, () => 1))).toMatchObject({ code: "SELECTOR_FAILED" });
  });

  test.each(Object.entries(oddThings))("a listener that throws %s is reported", async (_, [make]) => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([otp, senderPlugin("a")]);
    plugbay.on("change", () => {
      throw make();
    });
    const [item] = plugbay.items(otp);
    await plugbay.control.updateItem(item?.id ?? "", { description: "changed" }, alice);
    await settle();
    expect(warnings).toEqual([expect.stringMatching(/^a listener of "change" threw /)]);
    expect(warnings.join().length).toBeLessThan(15_000);
  });

  test.each(Object.entries(oddThings))("a run that is aborted with %s ends with it", async (_, [make]) => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([otp, senderPlugin("a")]);
    const controller = new AbortController();
    const reason = make() ?? null;
    const running = plugbay.run(otp, () => new Promise(() => undefined), { signal: controller.signal });
    controller.abort(reason);
    // Not by `expect`, nor as what a promise resolves with: both ask a proxy for its properties.
    const isReason = await running.catch((error: unknown) => Object.is(error, reason));
    expect(isReason).toBe(true);
  });

  test("a selector that returns a promise is told so, and what the promise rejects with harms nobody", async () => {
    const rejected = vi.fn();
    process.on("unhandledRejection", rejected);
    onTestFinished(() => void process.off("unhandledRejection", rejected));
    const type = otp.withSelector((() => Promise.reject(new Error("too late"))) as never);
    const bench = await Workbench.create();
    const plugbay = await bench.open([type, senderPlugin("a")]);
    expect(() => plugbay.get(type)).toThrow(/returned a promise; it has to choose at once/);
    await settle();
    expect(rejected).not.toHaveBeenCalled();
  });
});

describe("a check that answers oddly", () => {
  test.each<[string, unknown, string | null]>([
    ["an object", { toString: () => "hunter2!" }, null],
    ["a symbol", Symbol("hunter2!"), null],
    [
      "a long text",
      `hunter2! ${"x".repeat(5_000_000)}`,
      expect.stringMatching(/^\[secret\] x{3000}/) as never,
    ],
  ])("has passed: %s", async (_name, answer, message) => {
    const home = await Home.create("hunter2!");
    const plugbay = await home.serve({ check: (() => answer) as never });
    expect(await plugbay.control.checkItem(oddItem(plugbay).id, {})).toMatchObject({ ok: true, message });
  });
});

describe("issues of a schema that are not what the standard says", () => {
  const refuses = (): never => {
    throw new Error("it refuses to be read");
  };
  test.each<[string, unknown, unknown]>([
    ["a message that is no text", [{ message: { en: "no" } }], [{ path: [], message: expect.any(String) }]],
    [
      "a message that refuses to be read, beside another one",
      [Object.defineProperty({}, "message", { get: refuses }), { message: "is old", path: ["token"] }],
      [
        { path: [], message: expect.any(String) },
        { path: ["token"], message: "is old" },
      ],
    ],
    [
      "a path of symbols and objects",
      [{ message: "is old", path: [Symbol("a"), { key: "b" }, { key: Symbol("c") }, null, { key: {} }, 3] }],
      [{ path: ["Symbol(a)", "b", "Symbol(c)", "?", "?", 3], message: "is old" }],
    ],
    ["an issue that is null", [null], [{ path: [], message: expect.any(String) }]],
    ["no list", "no", [{ path: [], message: expect.stringMatching(/^its schema threw: /) }]],
    [
      "a long message that tells a secret",
      [{ message: `hunter2! ${"x".repeat(1_000_000)}` }],
      [{ path: [], message: expect.stringMatching(/^\[secret\] x+\.\.\. \(1000009 characters\)$/) }],
    ],
  ])("are told as far as they can be read: %s", async (_name, issues, told) => {
    const home = await Home.create("hunter2!");
    const plugbay = await home.open({ config: schemaOf(() => ({ issues })) });
    const error = await thrownBy(() => home.addTo(plugbay));
    expect(error).toMatchObject({ code: "INVALID_CONFIG", issues: told });
  });

  test("are 100,000 at most", async () => {
    const home = await Home.create("hunter2!");
    const issues = Array(150_000).fill({ message: "no" });
    const plugbay = await home.open({ config: schemaOf(() => ({ issues })) });
    const error = (await thrownBy(() => home.addTo(plugbay))) as { issues: unknown[] };
    expect(error.issues).toHaveLength(100_001);
    expect(error.issues.at(-1)).toEqual({ path: [], message: "and 50000 more issues" });
  });
});

test("an instance that nothing can be asked of is a failure of its plugin", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  // biome-ignore lint/suspicious/noThenProperty: it is what is tried
  const thenable = Object.defineProperty({}, "then", {
    get() {
      throw new Error("it refuses to be awaited");
    },
  });
  for (const instance of [proxy, thenable, null, Object.create(null)]) {
    for (const create of [() => instance, async () => instance]) {
      const home = await Home.create("hunter2!");
      expect(failureOf(await home.serve({ create: create as never }))).toBeInstanceOf(PluginFailedError);
    }
  }
});

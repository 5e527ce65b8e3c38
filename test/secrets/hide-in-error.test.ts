import { Agent, ClientRequest } from "node:http";
import { inspect } from "node:util";
import fc from "fast-check";
import { AllPluginsFailedError, PlugbayError } from "plugbay";
import { describe, expect, test, vi } from "vitest";
import { hideInError } from "../../src/secrets/hide-secrets.ts";
import { messageOf, stackOf } from "../../src/thrown.ts";
import { otp } from "../definition/otp.ts";
import { oddThings } from "./odd-things.ts";

const secret = "sk_live_hunter2!";
const secrets = [secret];
const hide = (error: unknown) => hideInError(error, secrets) as Error & Record<string, unknown>;

/** All that anybody could print of it. */
const printed = (value: unknown): string =>
  inspect(value, {
    depth: 20,
    maxArrayLength: null,
    maxStringLength: null,
    showHidden: true,
    breakLength: Infinity,
  });

describe("an error that tells nothing and was looked at whole", () => {
  test.each([
    [
      "with properties",
      () => Object.assign(new TypeError("down"), { code: "E1", details: { tries: [1, 2] } }),
    ],
    ["with a cause", () => new Error("down", { cause: new RangeError("far down") })],
    ["that is its own cause", () => oddThings["an error that is its cause's cause"]?.[0]()],
    ["that is frozen", () => Object.freeze(new Error("down"))],
    ["of the platform", () => AbortSignal.abort().reason as unknown],
    ["of plugbay", () => new AllPluginsFailedError(otp, [])],
  ])("stays itself: one %s", (_name, make) => {
    const error = make();
    expect(hideInError(error, secrets)).toBe(error);
  });
});

describe("a secret is hidden", () => {
  const plain = () => new Error("declined");
  test.each<[string, () => unknown]>([
    ["the message", () => new Error(`no ${secret}`)],
    [
      "the stack alone",
      () => Object.assign(plain(), { stack: `Error: declined\n    at ${secret} (a.js:1:1)` }),
    ],
    ["the name", () => Object.assign(plain(), { name: secret })],
    ["a name that is an object", () => Object.assign(plain(), { name: { secret } })],
    ["the code", () => Object.assign(plain(), { code: secret })],
    ["a cause", () => new Error("declined", { cause: new Error("declined", { cause: secret }) })],
    ["a part", () => new AggregateError([new Error(secret)], "declined")],
    ["a list", () => Object.assign(plain(), { issues: [{ path: ["key"], message: `not ${secret}` }] })],
    ["the name of a property", () => Object.assign(plain(), { details: { [secret]: true } })],
    ["a symbol", () => Object.assign(plain(), { [Symbol(secret)]: true })],
    ["a property nobody lists", () => Object.defineProperty(plain(), "key", { value: secret })],
    ["a map", () => Object.assign(plain(), { sent: new Map([["key", secret]]) })],
    ["a map that was thrown", () => new Map([["key", secret]])],
    ["a map with a message", () => Object.assign(new Map([["key", secret]]), { message: "declined" })],
    ["a buffer", () => Object.assign(plain(), { body: Buffer.from(secret) })],
    ["a function", () => Object.assign(plain(), { retry: Object.assign(() => 1, { key: secret }) })],
    [
      "what an error's cause points back to",
      () => {
        const error = new Error(`no ${secret}`);
        error.cause = Object.assign(new Error("harmless"), { about: error });
        return error;
      },
    ],
    ["what it says of itself", () => Object.assign(plain(), { toJSON: () => ({ secret }) })],
    ["a request", () => axiosLike()],
    ["a response's text", () => Object.assign(plain(), { response: { status: 402, data: `bad ${secret}` } })],
    [
      "the 100th cause",
      () => {
        let error = new Error(secret);
        for (let depth = 0; depth < 100; depth += 1) error = new Error("declined", { cause: error });
        return error;
      },
    ],
    ["the 1,000th property", () => Object.assign(plain(), numbered(1_000), { last: secret })],
    [
      "the 1,000th part",
      () => new AggregateError([...Array.from({ length: 1_000 }, plain), secret], "declined"),
    ],
    ["an object", () => ({ status: 401, key: secret })],
    ["what an object says", () => ({ toString: () => `no ${secret}` })],
    ["a text", () => `no ${secret}`],
  ])("in %s", (_name, make) => {
    const error = make();
    const hidden = hideInError(error, secrets);
    expect(hidden).not.toBe(error);
    expect(printed(hidden)).not.toContain(secret);
    expect(printed(hidden)).not.toContain(Buffer.from(secret).toString("hex").match(/../g)?.join(" "));
    expect(JSON.stringify(hidden)).not.toContain(secret);
    expect(`${messageOf(hidden)} ${stackOf(hidden)}`).not.toContain(secret);
  });

  test.each([1_000, 4_000, 6_000, 100_000])("where a text of %d characters is cut", (length) => {
    for (let shift = -60; shift < 60; shift += 1) {
      const text = "x".repeat(length + shift) + secret + "y".repeat(20_000);
      const error = Object.assign(new Error(text), { body: text });
      for (const hidden of [hide(error), hideInError(text, secrets), hideInError({ text }, secrets)]) {
        expect(printed(hidden)).not.toContain(secret.slice(0, 6));
      }
    }
  });

  test("where the texts before it are cut short by the mask", () => {
    const text = `${secret.repeat(2_000)}`;
    expect(printed(hide(new Error(text)))).not.toContain("hunter2");
  });
});

describe("a copy", () => {
  test("keeps what tells errors apart, and what says when to come again", () => {
    const error = Object.assign(new TypeError(`no ${secret}`), {
      code: 7,
      status: 429,
      issues: [{ path: ["key"], message: "is old" }],
      response: { status: 429, headers: { "retry-after": "30", authorization: secret }, data: "no" },
    });
    const hidden = hide(error);
    expect(hidden).toBeInstanceOf(Error);
    expect(hidden).toMatchObject({
      name: "TypeError",
      message: "no [secret]",
      code: 7,
      status: 429,
      issues: [{ path: ["key"], message: "is old" }],
      response: { status: 429, headers: { "retry-after": "30" } },
    });
    expect(hidden.response).toEqual({ status: 429, headers: { "retry-after": "30" } });
    expect(hidden.stack).toMatch(/^TypeError: no \[secret\]\n {4}at /);
  });

  test("keeps status and Retry-After of what fetch answered", () => {
    const response = new Response("no", { status: 503, headers: { "Retry-After": "5" } });
    const hidden = hide(Object.assign(new Error("down"), { response }));
    expect(hidden.response).toEqual({ status: 503, headers: { "retry-after": "5" } });
  });

  test("keeps a status that a class says of all its errors", () => {
    class Declined extends Error {}
    Object.assign(Declined.prototype, { status: 402, code: "DECLINED" });
    expect(hide(new Declined(secret))).toMatchObject({ status: 402, code: "DECLINED" });
  });

  test("passes for the same error of plugbay", () => {
    const hidden = hide(new AllPluginsFailedError(otp, [{ item: {} as never, error: secret }]));
    expect(hidden).toBeInstanceOf(AllPluginsFailedError);
    expect(hidden).toBeInstanceOf(PlugbayError);
    expect(hidden).toMatchObject({ code: "ALL_PLUGINS_FAILED", kind: "failed", type: otp });
  });

  test("keeps the calls of a stack whose message is long", () => {
    const hidden = hide(new Error(`${secret} ${"x".repeat(5_000_000)}`));
    expect(hidden.message).toMatch(/^\[secret\] x+\.\.\. \(5000017 characters\)$/);
    expect(hidden.stack).toMatch(/\n {4}at .*\.test\.ts/);
    expect(printed(hidden).length).toBeLessThan(20_000);
  });

  test("leaves what was thrown as it was", () => {
    const cause = Object.freeze(new Error(secret));
    const error = Object.freeze(Object.assign(new Error(`no ${secret}`, { cause }), { details: { secret } }));
    const before = printed(error);
    hide(error);
    expect(printed(error)).toBe(before);
  });

  test("runs no getter and no code of what was thrown", () => {
    const ran: string[] = [];
    const watched = (name: string) => ({ get: () => ran.push(name), enumerable: true });
    class Base extends Error {
      get response() {
        return ran.push("response");
      }
    }
    const error = Object.defineProperties(new Base(secret), {
      status: watched("status"),
      body: watched("body"),
      [inspect.custom]: { value: () => ran.push("inspect") },
      toJSON: { value: () => ran.push("toJSON") },
      toString: { value: () => ran.push("toString") },
    });
    const details = new Proxy({}, { get: () => ran.push("get"), ownKeys: () => [`${ran.push("ownKeys")}`] });
    hide(Object.assign(error, { details, inner: Object.defineProperties({}, { key: watched("key") }) }));
    expect(ran).toEqual([]);
  });
});

describe("what is looked at", () => {
  /** How many properties are read of an error, however they are. */
  const steps = (error: unknown): number => {
    const spies = [vi.spyOn(Object, "getOwnPropertyDescriptor"), vi.spyOn(Reflect, "ownKeys")];
    hide(error);
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    return count;
  };
  const graph = (size: number): object => {
    const nodes = Array.from({ length: size }, (_, id) => ({ id, next: {}, list: [id] }));
    for (const [index, node] of nodes.entries()) node.next = nodes[(index * 7 + 1) % size] ?? node;
    return nodes;
  };
  test.each<[string, (size: number) => unknown]>([
    ["a graph", (size) => Object.assign(new Error("down"), { graph: graph(size) })],
    [
      "a response",
      (size) => Object.assign(new Error("down"), { response: graph(size), request: graph(size) }),
    ],
    ["parts", (size) => new AggregateError(Array.from({ length: size }, () => new Error("down")))],
    ["properties", (size) => Object.assign(new Error("down"), numbered(size))],
  ])("does not grow with the size of its %s", (_name, make) => {
    const few = steps(make(1_000));
    expect(steps(make(50_000))).toBeLessThan(1.1 * few);
    expect(few).toBeLessThan(5_000);
  });
});

describe("odd things", () => {
  test.each(Object.entries(oddThings))(
    "%s is hidden without a throw, and its text is kept",
    (name, [make, text]) => {
      const hidden = hideInError(make(), secrets);
      // A proxy is not asked for its properties.
      if (!name.startsWith("a proxy that") && !name.startsWith("a revoked"))
        expect(messageOf(hidden)).toContain(text.replace(/^\{"message":|\}\}$/g, ""));
      expect(messageOf(hidden).length).toBeLessThanOrEqual(4_100);
    },
  );

  test("of any form tell no secret, in text that is bounded", () => {
    fc.assert(
      fc.property(anything, (make) => {
        const thing = make();
        const hidden = hideInError(thing, secrets);
        const told = messageOf(hidden);
        expect(told + stackOf(hidden)).not.toContain(secret);
        expect(told.length).toBeLessThanOrEqual(4_100);
        const all = printed(hidden);
        expect(all).not.toContain(secret);
        if (hidden !== thing) expect(all.length).toBeLessThan(3_000_000);
      }),
      { numRuns: 2_000 },
    );
  });
});

type Make = () => unknown;

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(secret, `a ${secret} b`, `${"x".repeat(990)}${secret}`, secret.repeat(1_000)),
);
const keys = fc.oneof(
  fc.constantFrom("message", "stack", "cause", "errors", "code", "response", "headers", "retry-after"),
  fc.constantFrom("name", "toJSON", "then", "length", "constructor", "__proto__", "0", secret),
  fc.string(),
);
const oddOnes = Object.entries(oddThings)
  .filter(([name]) => !/00|MB/.test(name))
  .map(([, [make]]) => make);

/** As functions, for the library cannot hold what refuses to be looked at. */
const { anything } = fc.letrec<{ anything: Make; properties: [string, Make][] }>((tie) => ({
  properties: fc.array(fc.tuple(keys, tie("anything")), { maxLength: 6 }),
  anything: fc.oneof(
    { maxDepth: 5 },
    texts.map((text) => () => text),
    fc.constantFrom<Make[]>(
      ...oddOnes,
      () => 10n ** 30n,
      () => Symbol(secret),
      () => Buffer.from(secret),
    ),
    fc.array(tie("anything"), { maxLength: 5 }).map((list) => () => list.map((make) => make())),
    tie("properties").map((properties) => () => given({}, properties, true)),
    fc.tuple(texts, tie("properties"), fc.boolean()).map(
      ([message, properties, isListed]) =>
        () =>
          Object.freeze(given(new Error(message), properties, isListed)),
    ),
    tie("anything").map((make) => () => new Map([[make(), make()]])),
    tie("anything").map((make) => () => withInner(make())),
  ),
}));

function given(object: object, properties: readonly [string, Make][], enumerable: boolean): object {
  for (const [key, make] of properties) {
    try {
      Object.defineProperty(object, key, { value: make(), enumerable, configurable: true });
    } catch {
      // The stack of an error with an odd name cannot be replaced: it is made first, of the name.
    }
  }
  return object;
}

/** A proxy where that is possible. */
const withInner = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? new Proxy(value, {}) : value;

function numbered(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-header-${index}`, index]));
}

/** As HTTP clients make them, with all that they were called with. */
function axiosLike(): Error {
  const request = new ClientRequest({ host: "127.0.0.1", port: 1, agent: new Agent(), headers: { secret } });
  request.on("error", () => undefined);
  request.destroy();
  const config = { headers: { Authorization: `Bearer ${secret}` }, data: secret };
  return Object.assign(new Error("Request failed with status code 402"), {
    config,
    request,
    response: { status: 402, config, request, headers: numbered(5_000), data: secret.repeat(300_000) },
  });
}

import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AllPluginsFailedError,
  classifyError,
  definePluginType,
  NoPluginAvailableError,
  type PluginItem,
  RunTimeoutError,
} from "plugbay";
import { describe, expect, test } from "vitest";

const withCode = (code: unknown, more: object = {}) => Object.assign(new Error("x"), { code, ...more });
const within = (cause: unknown) => new TypeError("fetch failed", { cause });
const item = { id: "1", module: "m", name: "n", label: "" } as PluginItem;
const type = { manager: "app", name: "otp" };

const connecting = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];
const broken = ["ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET"];

const byCode = [
  ...[...connecting, "UND_ERR_CONNECT_TIMEOUT"].map((code) => [code, "retryable"] as const),
  ...[...broken, "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"].map(
    (code) => [code, "ambiguous"] as const,
  ),
];

const byStatus = [
  ...[401, 403].map((status) => [status, "unauthorized"] as const),
  ...[408, 500, 502, 504].map((status) => [status, "ambiguous"] as const),
  [413, "unsuitable"] as const,
  [429, { exhausted: 1_000 }] as const,
  [503, "retryable"] as const,
  ...[400, 402, 404, 405, 409, 410, 418, 422, 451, 499].map((status) => [status, "rejected"] as const),
  ...[501, 505, 507, 529, 599].map((status) => [status, "retryable"] as const),
];

describe("by code", () => {
  test.each(byCode)("%s is %s, on the error and on its causes", (code, outcome) => {
    expect(classifyError(withCode(code))).toBe(outcome);
    expect(classifyError(within(withCode(code)))).toBe(outcome);
    expect(classifyError(within(within({ code })))).toBe(outcome);
  });

  test("what timed out while it connected was never sent", () => {
    expect(classifyError(withCode("ETIMEDOUT", { syscall: "connect" }))).toBe("retryable");
    expect(classifyError(withCode("ETIMEDOUT", { syscall: "read" }))).toBe("ambiguous");
  });

  test.each([
    ["unknown", "E_NEVER_HEARD"],
    ["of other letters", "econnreset"],
    ["a number, as gRPC and DOM have", 14],
    ["of what all objects have", "constructor"],
  ])("one that is %s is all else", (_title, code) => expect(classifyError(withCode(code))).toBe("retryable"));
});

describe("by status", () => {
  test.each(byStatus)("%d is %j, as a number or digits, wherever clients put it", (status, outcome) => {
    for (const value of [status, String(status)]) {
      expect(classifyError({ status: value })).toEqual(outcome);
      expect(classifyError({ statusCode: value })).toEqual(outcome);
      expect(classifyError({ response: { status: value } })).toEqual(outcome);
      expect(classifyError({ response: { statusCode: value } })).toEqual(outcome);
      expect(classifyError(within(Object.assign(new Error("x"), { status: value })))).toEqual(outcome);
    }
  });

  test("a word, 0, or a status of success is passed over for the next place", () => {
    expect(classifyError({ status: "failed", statusCode: 422 })).toBe("rejected");
    expect(classifyError({ status: 0, response: { status: 401 } })).toBe("unauthorized");
    expect(classifyError({ status: Number.NaN, code: "ECONNRESET" })).toBe("ambiguous");
    expect(classifyError({ status: 200, cause: { status: 413 } })).toBe("unsuitable");
    expect(classifyError({ status: 4_000 })).toBe("retryable");
    expect(classifyError({ status: "4e2" })).toBe("retryable");
  });

  test("goes before a code that says that nothing was sent: something answered", () => {
    expect(classifyError(withCode("ECONNREFUSED", { status: 502 }))).toBe("ambiguous");
    expect(classifyError(withCode("ERR_BAD_REQUEST", { response: { status: 422 } }))).toBe("rejected");
  });

  test("does not go before a connection that broke after the answer began", () => {
    expect(classifyError(withCode("ECONNRESET", { status: 422 }))).toBe("ambiguous");
  });

  test("what is nearer to the caller decides", () => {
    expect(classifyError(Object.assign(within({ status: 500 }), { status: 422 }))).toBe("rejected");
  });

  test("is read of a response that was thrown itself", () => {
    expect(classifyError(new Response("", { status: 403 }))).toBe("unauthorized");
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2030, 0);
  const exhausted = (headers: unknown, status = 429) => classifyError({ status, headers }, now);
  const containers: readonly (readonly [string, (value: string) => unknown])[] = [
    ["Headers", (value) => new Headers({ "Retry-After": value })],
    ["a map", (value) => new Map([["retry-after", value]])],
    ["a map in other letters", (value) => new Map([["Retry-After", value]])],
    ["an object", (value) => ({ "retry-after": value })],
    ["an object in other letters", (value) => ({ "RETRY-After": value })],
    ["an object of lists", (value) => ({ "retry-after": [value, "9"] })],
    [
      "an object without a prototype",
      (value) => Object.assign(Object.create(null), { "retry-after": value }),
    ],
    [
      "what axios has",
      (value) =>
        Object.assign(Object.create({ get: (name: string) => (name === "retry-after" ? value : null) })),
    ],
  ];

  test.each(containers)("is found in %s, of the error, its response or its cause", (_title, make) => {
    expect(classifyError({ status: 429, headers: make("7") })).toEqual({ exhausted: 7_000 });
    expect(classifyError({ response: { status: 503, headers: make("7") } })).toEqual({ exhausted: 7_000 });
    expect(classifyError({ status: 429, cause: { headers: make("7") } })).toEqual({ exhausted: 7_000 });
  });

  test.each([
    ["0", 0],
    ["120", 120_000],
    [" 120 ", 120_000],
    ["1.5", 1_500],
    [120, 120_000],
    ["Tue, 01 Jan 2030 00:00:30 GMT", 30_000],
    ["Tuesday, 01-Jan-30 00:00:30 GMT", 30_000],
    ["Tue Jan  1 00:00:30 2030", 30_000],
    ["2030-01-01T00:00:30Z", 30_000],
  ])("%j is in seconds, or an HTTP date", (value, ms) => {
    expect(exhausted({ "retry-after": value })).toEqual({ exhausted: ms });
    expect(exhausted({ "retry-after": value }, 503)).toEqual({ exhausted: ms });
  });

  test("of the past is over, and longer than a day is a day", () => {
    expect(exhausted({ "retry-after": "Sun, 06 Nov 1994 08:49:37 GMT" })).toEqual({ exhausted: 0 });
    expect(exhausted({ "retry-after": "9".repeat(400) })).toEqual({ exhausted: 86_400_000 });
    expect(exhausted({ "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" })).toEqual({ exhausted: 86_400_000 });
  });

  test.each(["", "soon", "-5", "1e3", "5 minutes", "Tue, 99 Foo 2030", Number.NaN, -1, null, {}, [], true])(
    "%j is none",
    (value) => {
      expect(exhausted({ "retry-after": value })).toEqual({ exhausted: 1_000 });
      expect(exhausted({ "retry-after": value }, 503)).toBe("retryable");
    },
  );

  test("compares a date with the present where no other time is given", () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    const { exhausted } = classifyError({ status: 429, headers: { "retry-after": date } }) as {
      exhausted: number;
    };
    expect(exhausted).toBeGreaterThan(20_000);
    expect(exhausted).toBeLessThanOrEqual(30_000);
  });
});

describe("by name", () => {
  test("a client's own time-out may have taken effect", async () => {
    const signal = AbortSignal.timeout(1);
    while (!signal.aborted) await sleep(1);
    expect(classifyError(signal.reason)).toBe("ambiguous");
    expect(classifyError(within(signal.reason))).toBe("ambiguous");
  });

  test("an abort is all else, unless a time-out was the cause of it", () => {
    expect(classifyError(AbortSignal.abort().reason)).toBe("retryable");
    const cause = new DOMException("late", "TimeoutError");
    expect(classifyError(Object.assign(new Error("x"), { name: "AbortError", cause }))).toBe("ambiguous");
  });
});

describe("errors of plugbay", () => {
  const failed = (...errors: unknown[]) =>
    new AllPluginsFailedError(
      type,
      errors.map((error) => ({ item, error })),
    );

  test("its time limits may have taken effect, those of a call within the call included", () => {
    expect(classifyError(new RunTimeoutError(item, "timeoutMs", 5))).toBe("ambiguous");
    expect(classifyError(within(new RunTimeoutError(item, "timeoutMs", 5)))).toBe("ambiguous");
    expect(classifyError(withCode("OUTCOME_UNKNOWN"))).toBe("ambiguous");
  });

  test("a call within the call that failed at every item is ambiguous if one attempt was", () => {
    expect(classifyError(failed(new RunTimeoutError(item, "timeoutMs", 5), withCode("ECONNREFUSED")))).toBe(
      "ambiguous",
    );
    expect(classifyError(failed(withCode("ECONNRESET"), { status: 401 }))).toBe("ambiguous");
  });

  test("the credentials of another type's items are nothing against this one", () => {
    expect(classifyError(failed({ status: 401 }))).toBe("retryable");
    expect(classifyError(new NoPluginAvailableError(type, []))).toBe("retryable");
  });
});

describe("an aggregate", () => {
  test("is what its parts are", () => {
    const parts = ["::1", "127.0.0.1"].map((address) =>
      withCode("ECONNREFUSED", { address, syscall: "connect" }),
    );
    expect(classifyError(new AggregateError(parts))).toBe("retryable");
    expect(classifyError(within(new AggregateError([withCode("EPIPE")])))).toBe("ambiguous");
    expect(classifyError(new AggregateError([new Error("x"), { status: 413 }]))).toBe("unsuitable");
  });

  test("of addresses that could not be connected to is retryable, though one of them timed out", () => {
    const parts = ["ETIMEDOUT", "ECONNREFUSED"].map((code) => withCode(code, { syscall: "connect" }));
    expect(classifyError(Object.assign(new AggregateError(parts), { code: "ETIMEDOUT" }))).toBe("retryable");
  });

  test("may have taken effect if one of its parts may", () => {
    const parts = [withCode("ECONNREFUSED"), { status: 401 }, withCode("ECONNRESET")];
    expect(classifyError(new AggregateError(parts))).toBe("ambiguous");
  });

  test("has its own status before that of its parts, which may be what is wrong with the request", () => {
    expect(classifyError({ status: 400, errors: [{ status: "500", code: "ECONNRESET" }] })).toBe("rejected");
  });
});

const circle = new Error("x");
circle.cause = new AggregateError([circle], "y", { cause: circle });
const deep = Array.from({ length: 50_000 }).reduce((cause) => ({ cause }), withCode("EPIPE"));
const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error("no");
    },
  },
);
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const endless: object = new Proxy(
  {},
  { get: (_target, name) => (name === "cause" ? { cause: endless } : undefined) },
);
const branching: object = new Proxy(
  {},
  {
    get: (_target, name) => (name === "errors" ? [0, 1, 2].map(() => ({ errors: [branching] })) : undefined),
  },
);
const getters = {
  get status() {
    throw new Error("no");
  },
  get cause() {
    return withCode("EPIPE");
  },
};

describe("whatever was thrown", () => {
  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a text", "ECONNRESET"],
    ["a symbol", Symbol("x")],
    ["a function", () => undefined],
    ["a circle", circle],
    ["one that is deeper than anybody looks", deep],
    ["a proxy that throws", hostile],
    ["a revoked proxy", revoked],
    ["one without an end", endless],
    ["one that branches without an end", branching],
    ["errors that are no list", { errors: "ECONNRESET" }],
    ["headers that throw", { status: 503, headers: hostile }],
    ["headers that were revoked", { status: 503, headers: revoked }],
    ["headers that do not know themselves", { status: 503, headers: Object.create(Headers.prototype) }],
  ])("%s is retryable, and nothing is thrown", (_title, error) => {
    expect(classifyError(error)).toBe("retryable");
  });

  test("one property that throws does not hide the others", () => {
    expect(classifyError(getters)).toBe("ambiguous");
  });

  test("a frozen error, or one without a prototype, is read as any other", () => {
    expect(classifyError(Object.freeze(withCode("EPIPE")))).toBe("ambiguous");
    expect(classifyError(Object.assign(Object.create(null), { status: 401 }))).toBe("unauthorized");
  });

  test("headers that list names without an end are left alone", () => {
    const headers = {
      *keys() {
        for (;;) yield "x";
      },
    };
    expect(classifyError({ status: 503, headers })).toBe("retryable");
  });
});

describe("errors of Node's own clients", () => {
  const serve = async (answer: Parameters<typeof createServer>[1]): Promise<Server> => {
    const server = createServer(answer ?? (() => undefined));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
  };
  const urlOf = (server: Server): string => {
    const address = server.address();
    return `http://localhost:${typeof address === "object" ? address?.port : ""}`;
  };
  const errorOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  test("a port that nobody listens on, by each address of localhost", async () => {
    const server = await serve(() => undefined);
    const url = urlOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect(classifyError(await errorOf(fetch(url)))).toBe("retryable");
    const port = Number(new URL(url).port);
    const socketError = await new Promise((resolve) =>
      connect({ port, host: "localhost" }).once("error", resolve),
    );
    expect(classifyError(socketError)).toBe("retryable");
  });

  test("a connection that is closed before the answer, and one within it", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/cut") response.writeHead(200, { "content-length": "9" }).write("x");
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(classifyError(await errorOf(fetch(urlOf(server))))).toBe("ambiguous");
    const cut = fetch(`${urlOf(server)}/cut`).then((response) => response.text());
    expect(classifyError(await errorOf(cut))).toBe("ambiguous");
    server.close();
  });

  test("a client's time limit", async () => {
    const server = await serve(() => undefined);
    const error = await errorOf(fetch(urlOf(server), { signal: AbortSignal.timeout(50) }));
    expect(classifyError(error)).toBe("ambiguous");
    server.closeAllConnections();
    server.close();
  });
});

test("is what a policy's classify builds upon", () => {
  const define = () =>
    definePluginType<{ send(): void }>({
      ...{ name: "otp", manager: "app" },
      methods: { send: "required" },
      policy: {
        classify: (error) => (classifyError(error) === "rejected" ? "unsuitable" : undefined),
      },
    });
  expect(define().policy.classify?.({ status: 400 })).toBe("unsuitable");
});

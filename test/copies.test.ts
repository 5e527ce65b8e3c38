import * as first from "plugbay";
import type { createAdmin } from "plugbay/admin";
import { sqlite } from "plugbay/sqlite";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { samples } from "./error-samples.ts";
import { loadSecondCopy } from "./second-copy.ts";

// Two copies of plugbay in one process, as `require` beside `import` loads them, and as Jest does after
// jest.resetModules().
let second: typeof first;
let createSecondAdmin: typeof createAdmin;

beforeAll(async () => {
  const copy = await loadSecondCopy();
  second = copy.plugbay;
  createSecondAdmin = copy.admin.createAdmin;
});

describe("an error of another copy", () => {
  test("is of its class, of those above, and of no other", () => {
    const error = new second.ItemNotFoundError(["1"]);
    expect(first.ItemNotFoundError).not.toBe(second.ItemNotFoundError);
    expect(error instanceof first.ItemNotFoundError).toBe(true);
    expect(error instanceof first.PlugbayError).toBe(true);
    expect(error instanceof first.TypeNotFoundError).toBe(false);
    expect(new first.ItemNotFoundError(["1"]) instanceof second.ItemNotFoundError).toBe(true);
  });

  test("is of a class between its own and the base", () => {
    const type = { manager: "app", name: "otp" };
    const item = { id: "1", module: "app", name: "sms" } as first.PluginItem;
    const error = new second.MisconfiguredError(type, item, []);
    expect(error instanceof first.PluginFailedError).toBe(true);
    expect(error instanceof first.HealthCheckFailedError).toBe(false);
    expect(new second.PluginFailedError(type, item, "x") instanceof first.MisconfiguredError).toBe(false);
  });

  test("is of a class of the application only where that made it", () => {
    class OurError extends first.ForbiddenError {}
    expect(new OurError("x") instanceof OurError).toBe(true);
    expect(new OurError("x") instanceof second.ForbiddenError).toBe(true);
    expect(new first.ForbiddenError("x") instanceof OurError).toBe(false);
    expect(new second.ForbiddenError("x") instanceof OurError).toBe(false);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "ItemNotFoundError"],
    ["another error", Object.assign(new Error("x"), { name: "ItemNotFoundError", code: "ITEM_NOT_FOUND" })],
    ["an object without a prototype", Object.create(null)],
    ["the prototype of all", first.PlugbayError.prototype],
  ])("%s is none", (_, value) => {
    expect(value instanceof first.PlugbayError).toBe(false);
    expect(value instanceof first.ItemNotFoundError).toBe(false);
  });

  test.each(samples)("%s has a name of its own", (error) => {
    expect(Object.getOwnPropertyDescriptor(error.constructor, "errorName")?.value).toBe(error.name);
  });
});

describe("a panel of another copy than its plugbay's", () => {
  const otp = first.definePluginType<{ sendOtp(): string }>({
    ...{ name: "otp", manager: "app" },
    methods: { sendOtp: "required" },
  });
  const sms = first.definePlugin(otp, {
    name: "sms",
    module: "app",
    config: z.object({ port: z.number() }),
    create: () => ({ sendOtp: () => "sent" }),
  });
  const by = { actor: "olga" };
  let plugbay: first.Plugbay;
  let item: first.PluginItem;

  beforeEach(async () => {
    plugbay = await first.openPlugbay({ database: sqlite(":memory:"), plugins: [otp, sms] });
    item = await plugbay.control.createItem(
      { type: otp, module: "app", name: "sms", label: "a", config: { port: 1 } },
      by,
    );
  });
  afterEach(() => plugbay.close());

  const change = (body: object) => ask("PATCH", `items/${item.id}`, { version: item.version, ...body });

  async function ask(method: string, path: string, body?: object): Promise<object> {
    const authorize = () => ({ ...by, access: "write" }) as const;
    const admin = createSecondAdmin(plugbay, { authorize });
    const response = await admin.fetch(
      new Request(`http://localhost/api/${path}`, {
        method,
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, ...((await response.json()) as object) };
  }

  test("says what is wrong with a config, and where", async () => {
    const issues = [expect.objectContaining({ path: "/port" })];
    expect(await change({ config: {} })).toMatchObject({ status: 400, code: "INVALID_CONFIG", issues });
  });

  test("shows what an item is now whose change came too late", async () => {
    const current = [expect.objectContaining({ id: item.id, version: item.version })];
    expect(await change({ priority: 1, version: 99 })).toMatchObject({
      status: 409,
      code: "CONFLICT",
      current,
    });
  });

  test("knows no item of another id", async () => {
    const answer = await ask("GET", "items/01a21a1a-adb3-7003-a358-5e4e61fe5569");
    expect(answer).toMatchObject({ status: 404, code: "ITEM_NOT_FOUND" });
  });

  test("is not available once plugbay is closed", async () => {
    await plugbay.close();
    expect(await change({ priority: 1 })).toMatchObject({ status: 503, code: "CLOSED" });
  });
});

describe("a database of another copy", () => {
  test("that lacks its driver is not taken for one that does not answer", async () => {
    const error = new second.DriverMissingError("pg", "npm install pg", new Error("not found"));
    const database = { ...sqlite(":memory:"), connect: () => Promise.reject(error) };
    await expect(first.openPlugbay({ database, plugins: [] })).rejects.toBe(error);
  });

  test("that does not answer is said to be away once", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const error = new second.DatabaseUnavailableError("the database", cause);
    const database = { ...sqlite(":memory:"), description: "it", connect: () => Promise.reject(error) };
    await expect(first.openPlugbay({ database, plugins: [], readyTimeoutMs: 300 })).rejects.toThrow(
      /^it is not available: connect ECONNREFUSED; tried [0-9]+ times/,
    );
  });
});

import {
  definePlugin,
  definePluginType,
  InvalidOptionError,
  openPlugbay,
  type Plugbay,
  UnknownOptionError,
} from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { migrations } from "plugbay/migrations";
import { mysql } from "plugbay/mysql";
import { keepOpen } from "plugbay/next";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { nearestName } from "../../src/definition/nearest-name.ts";
import { type OtpSender, otp, Sender } from "./otp.ts";

const type = { name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } };
const plugin = { name: "sms", module: "apps/sms", create: () => new Sender("sms") };
const database = { database: sqlite(":memory:"), plugins: [otp] };

const by = { actor: "alice" };
const sms = definePlugin(otp, {
  ...{ name: "sms", module: "apps/sms" },
  config: z.object({}),
  create: () => new Sender("sms"),
});

let plugbay: Plugbay;
beforeAll(async () => {
  plugbay = await openPlugbay({ ...database, plugins: [otp, sms] });
  return () => plugbay.close();
});

/** Each call that takes options, called with these besides those that it needs; as from JavaScript. */
const calls: Record<string, (options: object) => unknown> = {
  definePluginType: (options) => definePluginType<OtpSender>({ ...type, ...options } as never),
  definePlugin: (options) => definePlugin(otp, { ...plugin, ...options } as never),
  openPlugbay: (options) => openPlugbay({ ...database, ...options }),
  run: (options) => plugbay.run(otp, () => 1, options),
  getById: (options) => plugbay.getById(otp, "1", options),
  sync: (options) => plugbay.sync(options),
  planSync: (options) => plugbay.planSync(options),
  createAdmin: (options) => createAdmin(plugbay, options),
  toExpress: (options) => toExpress(createAdmin(plugbay), options),
  keepOpen: (options) => keepOpen(() => plugbay, options),
  postgres: (options) => postgres("postgres://localhost/app", options),
  mysql: (options) => mysql("mysql://localhost/app", options),
  createItem: (options) => plugbay.control.createItem({ plugin: sms, label: "eu", ...options }, by),
  duplicateItem: (options) => plugbay.control.duplicateItem("1", { label: "eu", ...options }, by),
  "the author of a change": (options) => plugbay.control.unmanage([], { ...by, ...options }),
  "the options of hold": (options) => plugbay.control.hold("1", { reason: "r" }, { ...by, ...options }),
  "the options of release": (options) => plugbay.control.release("1", { ...by, ...options }),
  hold: (options) => plugbay.control.hold("1", { reason: "r", ...options }, by),
  "the options of updateItem": (options) => plugbay.control.updateItem("1", {}, { ...by, ...options }),
  reorder: (options) => plugbay.control.reorder([], { ...by, ...options }),
  bulk: (options) => plugbay.control.bulk({ query: options }, "disable", by),
  retire: (options) => plugbay.control.retire({ query: {}, ...options }, by),
  list: (options) => plugbay.control.list(options),
  history: (options) => plugbay.control.history(options),
  exportItems: (options) => plugbay.control.exportItems(options),
  planImport: (options) => plugbay.control.planImport({}, options),
  import: (options) => plugbay.control.import({}, { ...by, ...options }),
  planPurge: (options) => plugbay.control.planPurge({ ids: [], ...options }),
  purge: (options) => plugbay.control.purge({ ...by, ids: [], ...options }),
  rotateKeys: (options) => plugbay.control.rotateKeys({ ...by, ...options }),
  checkItem: (options) => plugbay.control.checkItem("1", options),
  checkConfig: (options) => plugbay.control.checkConfig({ plugin: sms, ...options }),
  limitedTo: (options) => plugbay.control.limitedTo({ access: "write", ...options }),
  migrations: (options) => migrations({ dialect: "sqlite", ...options } as never),
};

const refusal = async (call: () => unknown): Promise<unknown> => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("a misspelt option is refused by", () => {
  test.each([
    ["definePluginType", { metods: {} }, 'definePluginType has no option "metods"; did you mean "methods"?'],
    ["definePluginType", { alias: [] }, 'did you mean "aliases"?'],
    [
      "definePluginType",
      { aliases: [{ manger: "a" }] },
      'an alias of plugin type "otp" has no option "manger"',
    ],
    ["definePlugin", { priorty: 5 }, 'definePlugin has no option "priorty"; did you mean "priority"?'],
    ["definePlugin", { secret: ["token"] }, 'did you mean "secrets"?'],
    ["definePlugin", { aliases: [{ modul: "a" }] }, 'did you mean "module"?'],
    [
      "openPlugbay",
      { pollInterval: 5 },
      'openPlugbay has no option "pollInterval"; did you mean "pollIntervalMs"?',
    ],
    ["openPlugbay", { healthChecks: { intervallMs: 5 } }, 'healthChecks has no option "intervallMs"'],
    [
      "openPlugbay",
      { bootstrap: { file: "a", path: "b" } },
      'a file of bootstrap has no option "path"; it has file',
    ],
    ["run", { timeout: 5 }, 'run has no option "timeout"; did you mean "timeoutMs"?'],
    ["run", { TimeoutMS: 5 }, 'did you mean "timeoutMs"?'],
    [
      "run",
      { retries: 5 },
      'run has no option "retries"; it has idempotent, timeoutMs, idleTimeoutMs, deadlineMs, maxAttempts, attemptsPerItem, waitMs, circuit, classify, signal, args, onAttempt',
    ],
    ["getById", { includeDisbled: true }, 'did you mean "includeDisabled"?'],
    ["sync", { prun: true }, 'did you mean "prune"?'],
    ["planSync", { modes: "create" }, 'did you mean "mode"?'],
    ["createAdmin", { basepath: "/admin" }, 'did you mean "basePath"?'],
    ["toExpress", { paht: "/admin" }, 'the adapter has no option "paht"'],
    ["keepOpen", { names: "a" }, 'did you mean "name"?'],
    [
      "postgres",
      { shema: "a" },
      'the second argument of postgres has no option "shema"; did you mean "schema"?',
    ],
    ["mysql", { database: "a" }, 'the second argument of mysql has no option "database"; it has schema'],
    ["migrations", { prefx: "a" }, 'did you mean "prefix"?'],
    ["createItem", { pirority: 5 }, 'createItem has no option "pirority"; did you mean "priority"?'],
    ["duplicateItem", { state: "active" }, 'did you mean "status"?'],
    ["the author of a change", { keys: "a" }, 'unmanage has no option "keys"; did you mean "key"?'],
    [
      "the options of updateItem",
      { versions: 1 },
      'updateItem has no option "versions"; did you mean "version"?',
    ],
    ["the options of hold", { versions: 1 }, 'hold has no option "versions"; did you mean "version"?'],
    ["the options of release", { until: 1 }, 'release has no option "until"'],
    ["hold", { unitl: 1 }, 'hold has no option "unitl"; did you mean "until"?'],
    ["reorder", { version: 1 }, 'did you mean "versions"?'],
    ["bulk", { modul: "apps/sms" }, 'the query of items has no option "modul"; did you mean "module"?'],
    ["retire", { page: 2 }, 'the choice of items has no option "page"; it has query'],
    ["list", { stauts: "active" }, 'did you mean "status"?'],
    ["history", { from: "2026-01-01" }, 'history has no option "from"; it has entityId, typeId'],
    ["exportItems", { secret: "env" }, 'did you mean "secrets"?'],
    ["planImport", { pruned: true }, 'did you mean "prune"?'],
    ["import", { manged: true }, 'import has no option "manged"; did you mean "managed"?'],
    ["planPurge", { id: "1" }, 'did you mean "ids"?'],
    ["purge", { olderThan: 5 }, 'did you mean "olderThanMs"?'],
    ["rotateKeys", { batch: 5 }, 'did you mean "batchSize"?'],
    ["checkItem", { timeout: 5 }, 'did you mean "timeoutMs"?'],
    ["checkConfig", { timeoutMS: 5 }, 'did you mean "timeoutMs"?'],
    ["limitedTo", { type: [] }, 'limitedTo has no option "type"; did you mean "types"?'],
  ])("%s: %j", async (name, options, message) => {
    const error = await refusal(() => calls[name]?.(options));
    expect(error).toBeInstanceOf(UnknownOptionError);
    expect(error).toMatchObject({ code: "UNKNOWN_OPTION", kind: "invalid" });
    expect(error).toHaveProperty("message", expect.stringContaining(message));
  });

  test("items that are no list: an id of one, and nothing", async () => {
    for (const chosen of ["4f1c", undefined, null]) {
      const error = await refusal(() => plugbay.control.retire(chosen as never, by));
      expect(error).toMatchObject({ code: "INVALID_OPTION", option: "items", value: chosen });
      expect(error).toHaveProperty("message", expect.stringContaining("it is a list of ids"));
    }
  });

  test("its name alone, whatever the value is: that may be a secret", async () => {
    const error = await refusal(() => calls.openPlugbay?.({ passwrd: "s3cret" }));
    expect(error).toMatchObject({ option: "passwrd", suggestion: undefined });
    expect(String(error)).not.toContain("s3cret");
  });
});

describe("what is no object is refused as options by", () => {
  test.each([
    ["definePlugin", () => definePlugin(otp, undefined as never)],
    ["definePluginType", () => definePluginType("otp" as never)],
    ["openPlugbay", () => openPlugbay(undefined as never)],
    ["run", () => plugbay.run(otp, () => 1, 5_000 as never)],
    ["run", () => plugbay.run(otp, () => 1, null as never)],
    ["getById", () => plugbay.getById(otp, "1", true as never)],
    ["createAdmin", () => createAdmin(plugbay, "/admin" as never)],
  ])("%s", async (name, call) => {
    const error = await refusal(call);
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect(error).toHaveProperty("message", expect.stringContaining(`${name} takes an object of options`));
  });
});

test("an event that there is not is refused by on, which names those that there are", () => {
  expect(() => plugbay.on("chnage" as never, () => undefined)).toThrow(InvalidOptionError);
  expect(() => plugbay.on("chnage" as never, () => undefined)).toThrow(
    "it is one of change, readiness, late, stale",
  );
});

describe("options are taken", () => {
  test("that are undefined", async () => {
    await plugbay.sync({ mode: undefined, prune: undefined });
    expect(plugbay.getById(otp, "1", { includeDisabled: undefined })).toBeUndefined();
    expect(await plugbay.run(otp, () => 1, { timeoutMs: undefined, signal: undefined })).toBe(1);
  });

  test("that are inherited, and those of a config with a section for the command", async () => {
    const inherited = Object.create({ note: "of a class of the application" });
    expect(await plugbay.run(otp, () => 1, inherited)).toBe(1);
    const config = { ...database, serve: { trustedProxies: ["10.0.0.0/8"] } };
    await (await openPlugbay(config)).close();
  });
});

describe("the nearest name", () => {
  test("is the one with the fewest letters that differ, or one that begins alike", () => {
    const names = ["name", "module", "priority", "pollIntervalMs"];
    expect(nearestName("naem", names)).toBe("name");
    expect(nearestName("nam", names)).toBe("name");
    expect(nearestName("NAME", names)).toBe("name");
    expect(nearestName("poll", names)).toBe("pollIntervalMs");
    expect(nearestName("prioritys", names)).toBe("priority");
    expect(nearestName("colour", names)).toBeUndefined();
    expect(nearestName("x".repeat(1_000_000), names)).toBeUndefined();
  });
});

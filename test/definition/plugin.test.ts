import { definePlugin, InvalidDefinitionError, InvalidPriorityError, InvalidStatusError } from "plugbay";
import { describe, expect, test } from "vitest";
import { otp, Sender } from "./otp.ts";

const create = () => new Sender("sms");
const identity = { name: "sms", module: "apps/sms" };
/** Without the compiler's help, as from JavaScript. */
const define = (options: object) => definePlugin(otp, { ...identity, create, ...options } as never);

describe("a plugin", () => {
  test("is frozen, and has defaults for what it does not say", () => {
    const plugin = define({});
    expect(plugin).toMatchObject({
      ...identity,
      type: otp,
      priority: 0,
      status: "active",
      description: "",
      aliases: [],
      lifetime: "singleton",
      config: undefined,
      check: undefined,
      dispose: undefined,
    });
    expect(plugin).toSatisfy(Object.isFrozen);
  });

  test("must be for something that definePluginType made", () => {
    const define = () => definePlugin({ ...identity, manager: "apps/otp" } as never, { ...identity, create });
    expect(define).toThrow(InvalidDefinitionError);
    expect(define).toThrow(
      'plugin "sms" of module "apps/sms" is for something that definePluginType did not make',
    );
  });

  test.each([
    ["both class and create", { class: Sender }, 'has both "class" and "create"; give one'],
    ["neither", { create: undefined }, 'has neither a "class" nor a "create" function'],
    ["an instance for a class", { create: undefined, class: create() }, "has neither"],
    ["a check that is no function", { check: "ping" }, 'has a "check" that is not a function'],
    ["a dispose that is no function", { dispose: true }, 'has a "dispose" that is not a function'],
    [
      "a migrateConfig that is no function",
      { migrateConfig: {} },
      'has a "migrateConfig" that is not a function',
    ],
    [
      "a config that is no schema",
      { config: { token: "string" } },
      'has a "config" that is no Standard Schema',
    ],
    ["no schema for a config", { config: null }, 'has a "config" that is no Standard Schema'],
    ["a class as create", { create: Sender }, 'has a class as "create"; give it as "class"'],
    ["a function as class", { create: undefined, class: () => create() }, 'has a "class" that is none'],
    ["a lifetime of another name", { lifetime: "request" }, 'has the lifetime "request"'],
  ])("is refused with %s", (_title, options, message) => {
    expect(() => define(options)).toThrow(InvalidDefinitionError);
    expect(() => define(options)).toThrow(message);
    expect(() => define(options)).toThrow('plugin "sms" of module "apps/sms"');
  });

  test("is refused with a description that is no text, and an alias with a part that there is not", () => {
    expect(() => define({ description: 5 })).toThrow('description of plugin "sms" of module "apps/sms"');
    expect(() => define({ aliases: [{ modul: "apps/old" }] })).toThrow(
      'an alias of plugin "sms" has no option "modul"',
    );
  });

  test("has aliases as identities: a bare name is in the same module, and what is left out is as now", () => {
    const { aliases } = define({ aliases: ["text", { module: "apps/old" }, { module: "a", name: "b" }] });
    expect(aliases).toEqual([
      { module: "apps/sms", name: "text" },
      { module: "apps/old", name: "sms" },
      { module: "a", name: "b" },
    ]);
  });
});

describe("a priority", () => {
  test.each([-32_768, -1, 0, 32_767])("may be %d", (priority) => {
    expect(define({ priority }).priority).toBe(priority);
  });

  test.each([1.5, 70_000, 32_768, -32_769, Number.NaN, Number.POSITIVE_INFINITY, "5", 5n])(
    "may not be %s",
    (priority) => {
      expect(() => define({ priority })).toThrow(InvalidPriorityError);
      expect(() => define({ priority })).toThrow(
        expect.objectContaining({
          code: "INVALID_PRIORITY",
          subject: 'plugin "sms" of module "apps/sms"',
          value: priority,
        }),
      );
    },
  );
});

describe("a status", () => {
  test.each(["active", "reserve", "disable"])("may be %s", (status) => {
    expect(define({ status }).status).toBe(status);
  });

  test.each(["enabled", "Active", "", 1])("may not be %j", (status) => {
    expect(() => define({ status })).toThrow(InvalidStatusError);
    expect(() => define({ status })).toThrow(
      expect.objectContaining({ code: "INVALID_STATUS", subject: 'plugin "sms" of module "apps/sms"' }),
    );
  });
});

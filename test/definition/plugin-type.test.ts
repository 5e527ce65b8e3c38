import { definePluginType, InvalidDefinitionError, InvalidNameError, NoMethodsError } from "plugbay";
import { describe, expect, test } from "vitest";
import { type OtpSender, otp } from "./otp.ts";

const identity = { name: "otp", manager: "apps/otp" };
const define = (options: object) =>
  definePluginType<OtpSender>({ ...identity, methods: { sendOtp: "required" }, ...options });

describe("a plugin type", () => {
  test("is frozen, and has what it was declared with", () => {
    expect(otp).toMatchObject({
      name: "otp",
      manager: "apps/otp",
      description: "One-time password delivery channel",
      methods: { sendOtp: "required" },
      aliases: [],
      interface: undefined,
      selector: undefined,
    });
    expect(otp).toSatisfy(Object.isFrozen);
    expect(otp.methods).toSatisfy(Object.isFrozen);
    expect(otp.aliases).toSatisfy(Object.isFrozen);
  });

  test("does not follow later changes of the options it was declared with", () => {
    const methods: { sendOtp: "required" } = { sendOtp: "required" };
    const aliases = ["password"];
    const type = definePluginType<OtpSender>({ ...identity, methods, aliases });
    Object.assign(methods, { resend: "required" });
    aliases.push("pin");
    expect(type.methods).toEqual({ sendOtp: "required" });
    expect(type.aliases).toHaveLength(1);
  });

  test("has an empty description unless one is given", () => {
    expect(define({}).description).toBe("");
  });

  test.each([
    ["U+0000", "a\0b"],
    ["half of a surrogate pair", "\ud83d"],
    ["a number", 5],
  ])("is refused with a description that not every database stores: %s", (_title, description) => {
    expect(() => define({ description })).toThrow(InvalidNameError);
    expect(() => define({ description })).toThrow('description of plugin type "otp"');
  });
});

describe("methods", () => {
  test.each([
    ["none", {}],
    ["undefined", undefined],
    ["null", null],
  ])("must be declared: %s", (_title, methods) => {
    expect(() => define({ methods })).toThrow(NoMethodsError);
    expect(() => define({ methods })).toThrow('plugin type "otp" of "apps/otp" declares no methods');
  });

  test("are required or optional, and nothing else", () => {
    expect(() => define({ methods: { sendOtp: true } })).toThrow(InvalidDefinitionError);
    expect(() => define({ methods: { sendOtp: true } })).toThrow(
      'plugin type "otp" of "apps/otp" declares method "sendOtp" as true; it is "required" or "optional"',
    );
  });
});

describe("interface", () => {
  test.each([
    ["an instance", { sendOtp() {} }],
    ["an arrow function", () => undefined],
    ["null", null],
  ])("must be a class: %s", (_title, value) => {
    expect(() => define({ interface: value })).toThrow(InvalidDefinitionError);
    expect(() => define({ interface: value })).toThrow(
      'plugin type "otp" of "apps/otp" has an "interface" that is not a class',
    );
  });
});

describe("aliases", () => {
  test("are identities: a bare name is under the same manager, and what is left out is as now", () => {
    const { aliases } = define({
      aliases: ["password", { manager: "apps/login" }, { manager: "a", name: "b" }],
    });
    expect(aliases).toEqual([
      { manager: "apps/otp", name: "password" },
      { manager: "apps/login", name: "otp" },
      { manager: "a", name: "b" },
    ]);
  });
});

describe("withSelector", () => {
  test("makes a type of the same identity and leaves the first one as it was", () => {
    const selector = () => undefined;
    const selected = otp.withSelector(selector);
    expect(selected).toMatchObject({ ...identity, methods: otp.methods, selector });
    expect(selected).toSatisfy(Object.isFrozen);
    expect(otp.selector).toBeUndefined();
  });

  test("may be used on its own result: the last selector counts", () => {
    const last = () => undefined;
    expect(otp.withSelector(({ active }) => active[0]).withSelector(last).selector).toBe(last);
  });

  test("refuses what is no function", () => {
    const withSelector = otp.withSelector as (selector: unknown) => unknown;
    expect(() => withSelector("first")).toThrow(InvalidDefinitionError);
    expect(() => withSelector("first")).toThrow('plugin type "otp" of "apps/otp"');
  });
});

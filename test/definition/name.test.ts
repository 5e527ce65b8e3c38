import { definePlugin, definePluginType, InvalidNameError } from "plugbay";
import { describe, expect, test } from "vitest";
import { checkLabel } from "../../src/definition/name.ts";
import { otp, Sender } from "./otp.ts";

const typeNamed = (name: unknown) =>
  definePluginType<Sender>({ name: name as string, manager: "apps/otp", methods: { sendOtp: "required" } });

describe("a name is accepted", () => {
  test.each([
    ["of one character", "a"],
    ["of 100 characters", "x".repeat(100)],
    ["of 100 emoji, which are 200 code units", "🔌".repeat(100)],
    ["with spaces, slashes, quotes and a percent sign inside", `apps/otp "x" 'y' 100%`],
    ["in any script", "رمز یکبار مصرف"],
  ])("%s", (_description, name) => {
    expect(typeNamed(name).name).toBe(name);
  });

  test("as it is: composed and decomposed letters stay what they are", () => {
    const composed = "caf\u00e9";
    const decomposed = "cafe\u0301";
    expect(typeNamed(composed).name).toHaveLength(4);
    expect(typeNamed(decomposed).name).toHaveLength(5);
  });
});

describe("a name is refused", () => {
  test.each([
    ["empty", "", 'plugin type name "" is empty'],
    ["of 101 characters", "x".repeat(101), "is 101 code points long; 100 at most"],
    ["of 101 emoji", "🔌".repeat(101), "is 101 code points long; 100 at most"],
    ["white space alone", "  ", "has white space at its ends"],
    ["with white space before it", " otp", "has white space at its ends"],
    ["with a line break after it", "otp\n", "has white space at its ends"],
    ["with a no-break space after it", "otp\u00a0", "has white space at its ends"],
    ["with a tab inside", "o\ttp", "has a control character"],
    ["with U+0000", "o\0tp", "has a control character"],
    ["with DEL", "o\u007ftp", "has a control character"],
    ["with a C1 control", "o\u0085tp", "has a control character"],
    ["with a high surrogate alone", "o\ud83dtp", "has half of a surrogate pair"],
    ["with a low surrogate alone", "otp\udd0c", "has half of a surrogate pair"],
    ["a number", 7, "plugin type name 7 is not a string"],
    ["undefined", undefined, "plugin type name undefined is not a string"],
  ])("%s", (_description, name, message) => {
    expect(() => typeNamed(name)).toThrow(InvalidNameError);
    expect(() => typeNamed(name)).toThrow(message);
  });

  test("with the field, the value and a code on the error", () => {
    expect(() => typeNamed("")).toThrow(
      expect.objectContaining({
        name: "InvalidNameError",
        code: "INVALID_NAME",
        field: "plugin type name",
        value: "",
      }),
    );
  });

  test("with a message of bearable length, however long the name", () => {
    expect(() => typeNamed("x".repeat(100_000))).toThrow(/^.{1,200}$/);
  });
});

describe("the same rules hold for", () => {
  const long = "x".repeat(101);
  const type = { name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } } as const;
  const plugin = { name: "sms", module: "apps/sms", class: Sender as unknown as new () => Sender };

  test.each([
    ["a manager", () => definePluginType<Sender>({ ...type, manager: long }), 'manager of plugin type "otp"'],
    [
      "a type's former name",
      () => definePluginType<Sender>({ ...type, aliases: [long] }),
      'alias of plugin type "otp": name',
    ],
    [
      "a type's former manager",
      () => definePluginType<Sender>({ ...type, aliases: [{ manager: "" }] }),
      'alias of plugin type "otp": manager',
    ],
    ["a plugin", () => definePlugin(otp, { ...plugin, name: long }), "plugin name"],
    ["a module", () => definePlugin(otp, { ...plugin, module: " apps" }), 'module of plugin "sms"'],
    [
      "a plugin's former name",
      () => definePlugin(otp, { ...plugin, aliases: [long] }),
      'alias of plugin "sms": name',
    ],
    [
      "a plugin's former module",
      () => definePlugin(otp, { ...plugin, aliases: [{ module: "a\0b" }] }),
      'alias of plugin "sms": module',
    ],
  ])("%s", (_subject, define, field) => {
    expect(define).toThrow(expect.objectContaining({ code: "INVALID_NAME", field }));
  });

  test("a label, which may also be empty", () => {
    expect(checkLabel("label", "")).toBe("");
    expect(checkLabel("label", "NL")).toBe("NL");
    expect(() => checkLabel("label", " NL")).toThrow(InvalidNameError);
    expect(() => checkLabel("label", long)).toThrow(InvalidNameError);
  });
});

import { definePlugin, definePluginType, InvalidNameError } from "plugbay";
import { describe, expect, test } from "vitest";
import { callHook, endInstance } from "../../src/definition/foreign-code.ts";
import { isName } from "../../src/definition/name.ts";
import { nearestName } from "../../src/definition/nearest-name.ts";
import { checkText } from "../../src/definition/text.ts";
import { isThenable } from "../../src/definition/thenable.ts";
import { otp, Sender } from "./otp.ts";

describe("an instance ends", () => {
  const ended: string[] = [];
  const plugin = (dispose?: () => void) =>
    definePlugin(otp, {
      name: "sms",
      module: "apps/sms",
      create: () => new Sender("sms"),
      ...(dispose && { dispose }),
    });
  const both = {
    [Symbol.asyncDispose]: async () => {
      ended.push("async");
    },
    [Symbol.dispose]: () => {
      ended.push("sync");
    },
  };

  test("as its plugin says, else by its own method, else not at all", async () => {
    ended.length = 0;
    await endInstance(
      plugin(() => {
        ended.push("plugin");
      }),
      both,
    );
    await endInstance(plugin(), both);
    await endInstance(plugin(), { [Symbol.dispose]: both[Symbol.dispose] });
    await endInstance(plugin(), {});
    expect(ended).toEqual(["plugin", "async", "sync"]);
  });
});

test("a hook without a stage is not called at it", () => {
  expect(callHook({ before: () => undefined }, "after", {})).toBeUndefined();
  const seen: unknown[] = [];
  const after = (call: unknown): void => {
    seen.push(call);
  };
  callHook({ after }, "after", "call");
  expect(seen).toEqual(["call"]);
});

test.each([
  ["sms", true],
  ["رمز", true],
  ["", false],
  [" sms", false],
  ["رمز ", false],
  ["a\u0007", false],
  ["x".repeat(101), false],
])("whether %j is a name is told without an error", (text, is) => {
  expect(isName(text)).toBe(is);
});

describe("the nearest name", () => {
  test("is the one with the fewest other letters, whatever their case", () => {
    expect(nearestName("TIMEOUTMS", ["timeout", "timeoutMs"])).toBe("timeoutMs");
    expect(nearestName("labeel", ["table", "label"])).toBe("label");
    expect(nearestName("colour", ["color", "colours"])).toBe("color");
  });

  test("is none where too many letters differ, a third of them or two", () => {
    expect(nearestName("abcd", ["wxyz"])).toBeUndefined();
    expect(nearestName("ab", ["cd"])).toBeUndefined();
    expect(nearestName("abxx", ["abcd"])).toBe("abcd");
    expect(nearestName("abcdefxxx", ["abcdefghi"])).toBe("abcdefghi");
    expect(nearestName("abcdexxxx", ["abcdefghi"])).toBeUndefined();
  });

  test("is else one that begins with it, or that it begins with, from three letters on", () => {
    expect(nearestName("des", ["name", "description"])).toBe("description");
    expect(nearestName("descriptionOfIt", ["name", "des"])).toBe("des");
    expect(nearestName("de", ["name", "description"])).toBeUndefined();
  });

  test("of a text that no name is as long as is looked for by its beginning alone", () => {
    const long = "x".repeat(40);
    expect(nearestName(`${long.slice(1)}y`, [long])).toBe(long);
    expect(nearestName(`y${long}`, [long])).toBeUndefined();
  });
});

test.each([
  [3, "is not a string"],
  ["\ud800", "has half of a surrogate pair"],
  ["a\0", "has the character U+0000"],
])("%j is no text that every database stores", (value, message) => {
  expect(() => checkText("description of it", value)).toThrow(InvalidNameError);
  expect(() => checkText("description of it", value)).toThrow(message);
  expect(checkText("description of it", "a\nb")).toBe("a\nb");
});

test("a promise of any library is one", () => {
  expect(isThenable(Promise.resolve())).toBe(true);
  // biome-ignore lint/suspicious/noThenProperty: what is tested
  expect(isThenable(Object.create({ then: () => undefined }))).toBe(true);
  // biome-ignore lint/suspicious/noThenProperty: what is tested
  for (const value of [null, undefined, "text", 3, {}, { then: 3 }]) expect(isThenable(value)).toBe(false);
});

test("the description of a type has to be a text, and an alias is one of the same plugin type", () => {
  const define = (options: object) =>
    definePluginType<Sender>({
      ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
      ...options,
    } as never);
  expect(() => define({ description: 3 })).toThrow("description of plugin type");
  expect(define({}).aliases).toEqual([]);
  expect(() => define({ methods: { sendOtp: "maybe" } })).toThrow("sendOtp");
  expect(() => define({}).withSelector("first" as never)).toThrow(
    "was given a selector that is not a function",
  );
});

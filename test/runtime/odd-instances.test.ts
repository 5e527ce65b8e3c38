import { definePlugin, type Plugin } from "plugbay";
import { describe, expect, test } from "vitest";
import { type OtpSender, otp, Sender } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Workbench } from "./workbench.ts";

const identity = { name: "odd", module: "apps/channels" };
const open = async (...plugins: Plugin[]) => (await Workbench.create()).open([otp, ...plugins]);

describe("a function that has the methods", () => {
  const callable = () => {
    const sendOtp = async (number: string) => `to ${number}`;
    return Object.assign(() => undefined, { by: "callable", sendOtp });
  };

  test("is an instance as any other", async () => {
    const plugbay = await open(definePlugin(otp, { ...identity, create: callable }));
    expect(plugbay.get(otp)?.by).toBe("callable");
    expect(await plugbay.run(otp, (sender) => sender.sendOtp("1", "2"))).toBe("to 1");
    expect(plugbay.getAll(otp)).toHaveLength(1);
  });

  test("is made anew for each call where it is transient", async () => {
    const plugbay = await open(definePlugin(otp, { ...identity, lifetime: "transient", create: callable }));
    expect(plugbay.get(otp)).not.toBe(plugbay.get(otp));
  });

  test("is disposed of, by its plugin or by its own method", async () => {
    const disposed: string[] = [];
    const plugbay = await open(
      definePlugin(otp, { ...identity, create: callable, dispose: ({ by }) => void disposed.push(by) }),
      definePlugin(otp, {
        ...{ ...identity, name: "own" },
        create: () => Object.assign(callable(), { [Symbol.dispose]: () => void disposed.push("own") }),
      }),
    );
    await plugbay.close();
    expect(disposed.sort()).toEqual(["callable", "own"]);
  });
});

describe("methods in fields, and getters that give methods,", () => {
  class Fields implements OtpSender {
    readonly by = "fields";
    sendOtp = async (number: string) => `${this.by} to ${number}`;
  }
  class Getter implements OtpSender {
    readonly by = "getter";
    get sendOtp(): OtpSender["sendOtp"] {
      return async (number) => `${this.by} to ${number}`;
    }
  }
  /** A class whose `sendOtp` is a getter. */
  const withGetter = (get: () => unknown) => {
    class Odd extends Sender {
      constructor() {
        super("odd");
      }
    }
    Object.defineProperty(Odd.prototype, "sendOtp", { get });
    return Odd;
  };

  test("work", async () => {
    const fields = await open(definePlugin(otp, { ...identity, create: () => new Fields() }));
    expect(await fields.get(otp)?.sendOtp("1", "2")).toBe("fields to 1");
    const getter = await open(definePlugin(otp, { ...identity, class: Getter }));
    expect(await getter.get(otp)?.sendOtp("1", "2")).toBe("getter to 1");
  });

  test.each([
    ["give something else", () => "no function", 'has no method "sendOtp"'],
    [
      "throw",
      () => {
        throw new Error("not connected");
      },
      "not connected",
    ],
  ])("that %s are a failure of that item, which says why", async (_title, get, message) => {
    collectWarnings();
    const plugbay = await open(
      definePlugin(otp, { ...identity, class: withGetter(get) }),
      definePlugin(otp, { ...identity, name: "good", create: () => new Sender("good") }),
    );
    expect(plugbay.get(otp)?.by).toBe("good");
    const odd = plugbay.items(otp).find(({ name }) => name === "odd");
    const readiness = odd && plugbay.readiness(odd);
    expect(readiness).toMatchObject({ kind: "failed" });
    expect(readiness).toHaveProperty("error.message", expect.stringContaining(message));
  });
});

test("one object that two plugins give serves for both", async () => {
  const shared = new Sender("shared");
  const plugbay = await open(
    definePlugin(otp, { ...identity, create: () => shared }),
    definePlugin(otp, { ...identity, name: "other", create: () => shared }),
  );
  expect(plugbay.getAll(otp)).toEqual([shared, shared]);
  for (const { id } of plugbay.items(otp)) expect(plugbay.getById(otp, id)).toBe(shared);
});

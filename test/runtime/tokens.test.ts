import {
  definePluginType,
  InvalidTokenError,
  type Plugbay,
  SelectorMismatchError,
  UnknownTypeError,
} from "plugbay";
import { describe, expect, test } from "vitest";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "./workbench.ts";

/** Of the identity of `otp`, as a hot reload makes it. */
const again = definePluginType<OtpSender>({
  ...{ name: "otp", manager: "apps/otp" },
  methods: { sendOtp: "required" },
});
const byName = otp.withSelector(({ active }, name: string) => active.find((item) => item.name === name));
const plugins = [senderPlugin("a", { priority: 1 }), senderPlugin("b", { priority: 2 })];

const open = async (...given: Parameters<Workbench["open"]>): Promise<Plugbay> =>
  (await Workbench.create()).open(...given);

/** The calls that hand arguments to the selector, and what each makes of a token. */
const selecting = {
  get: (plugbay: Plugbay, token: never) => plugbay.get(token, ...(["b"] as never)),
  require: (plugbay: Plugbay, token: never) => plugbay.require(token, ...(["b"] as never)),
  getClass: (plugbay: Plugbay, token: never) => plugbay.getClass(token, ...(["b"] as never)),
  selected: (plugbay: Plugbay, token: never) => plugbay.selected(token, ...(["b"] as never)),
  explain: (plugbay: Plugbay, token: never) => plugbay.explain(token, ...(["b"] as never)),
  run: (plugbay: Plugbay, token: never) => plugbay.run(token, () => 1, { args: ["b"] as never }),
};
const others = {
  getAll: (plugbay: Plugbay, token: never) => plugbay.getAll(token),
  getById: (plugbay: Plugbay, token: never) => plugbay.getById(token, "1"),
  items: (plugbay: Plugbay, token: never) => plugbay.items(token),
};
const calls = Object.entries({ ...selecting, ...others });

const refusal = async (call: () => unknown): Promise<unknown> => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("a token that is not the registered one, but has its identity", () => {
  test("stands for the registered one", async () => {
    const plugbay = await open([otp, ...plugins]);
    expect(plugbay.get(again)).toBe(plugbay.get(otp));
    expect(plugbay.selected(again)?.name).toBe("a");
    expect(await plugbay.run(again, (sender) => sender.by)).toBe("a");
  });

  test("is served by the registration's selector", async () => {
    const plugbay = await open([byName, ...plugins]);
    const first = again.withSelector(({ active }, _name: string) => active[0]);
    expect(plugbay.get(first, "b")?.by).toBe("b");
    expect(await plugbay.run(first, (sender) => sender.by, { args: ["b"] })).toBe("b");
  });

  test.each(Object.entries(selecting))(
    "is refused by %s with a selector, where the registered one has none",
    async (_name, call) => {
      const plugbay = await open([otp, ...plugins]);
      const error = await refusal(() => call(plugbay, byName as never));
      expect(error).toBeInstanceOf(SelectorMismatchError);
      expect(error).toMatchObject({ code: "SELECTOR_MISMATCH", kind: "invalid", type: { name: "otp" } });
      expect(error).toHaveProperty(
        "message",
        expect.stringContaining(`give "plugins" the token that withSelector made`),
      );
    },
  );

  test.each(Object.entries(selecting))(
    "is refused by %s without a selector, where the registered one has one",
    async (_name, call) => {
      const plugbay = await open([byName, ...plugins]);
      const error = await refusal(() => call(plugbay, otp as never));
      expect(error).toBeInstanceOf(SelectorMismatchError);
      expect(error).toHaveProperty(
        "message",
        expect.stringContaining("call with the token that withSelector made"),
      );
    },
  );

  test("does in all calls that do not select", async () => {
    const plugbay = await open([byName, ...plugins]);
    const [first] = plugbay.items(otp);
    expect(plugbay.items(otp)).toHaveLength(2);
    expect(plugbay.getAll(otp)).toHaveLength(2);
    expect(plugbay.getById(otp, first?.id ?? "")?.by).toBe("a");
  });
});

describe("what is no token", () => {
  test.each(calls)("is refused by %s, which says what it is", async (_name, call) => {
    const plugbay = await open([otp, ...plugins]);
    const given = [
      [undefined, "undefined is no plugin type; was the module that declares it loaded yet?"],
      [null, "null is no plugin type; give the token that definePluginType made"],
      ["otp", `the text "otp" is no plugin type`],
      [Sender, "class Sender is no plugin type"],
      [
        plugins[0],
        `is no plugin type; it is plugin "a" of module "apps/channels": give the type that it is for`,
      ],
      [{ manager: "apps/otp", name: "otp" }, "an object is no plugin type"],
      [Object.create(null), "an object is no plugin type"],
    ] as const;
    for (const [value, message] of given) {
      const error = await refusal(() => call(plugbay, value as never));
      expect(error).toBeInstanceOf(InvalidTokenError);
      expect(error).toMatchObject({ code: "INVALID_TOKEN", kind: "invalid", value });
      expect(error).toHaveProperty("message", expect.stringContaining(message));
    }
  });

  test.each(calls)("is told by %s from a type that is not registered", async (_name, call) => {
    const plugbay = await open([otp, ...plugins]);
    const unknown = definePluginType<OtpSender>({
      ...{ name: "mail", manager: "apps/otp" },
      methods: { sendOtp: "required" },
    });
    expect(await refusal(() => call(plugbay, unknown as never))).toBeInstanceOf(UnknownTypeError);
  });
});

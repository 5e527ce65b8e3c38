import { definePlugin, definePluginType, type Plugbay } from "plugbay";
import { beforeAll, describe, expect, test } from "vitest";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { Workbench } from "../runtime/workbench.ts";
import { loadSecondCopy } from "../second-copy.ts";

// What a hot reload, or a dependency with a plugbay of its own, brings into a process.
let copy: typeof import("plugbay");
beforeAll(async () => {
  copy = (await loadSecondCopy()).plugbay;
});

const options = { name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } } as const;
const open = async (...plugins: Parameters<Workbench["open"]>): Promise<Plugbay> =>
  (await Workbench.create()).open(...plugins);

test("the second copy is one", () => {
  expect(copy.definePluginType).not.toBe(definePluginType);
});

describe("a token of another copy of the package", () => {
  test("gets what the registered one of its identity gets", async () => {
    const plugbay = await open([otp, senderPlugin("sms")]);
    const token = copy.definePluginType<OtpSender>(options);
    expect(plugbay.get(token)).toBe(plugbay.get(otp));
    expect(plugbay.require(token).by).toBe("sms");
    expect(plugbay.getAll(token)).toEqual(plugbay.getAll(otp));
    expect(plugbay.items(token)).toEqual(plugbay.items(otp));
    expect(plugbay.explain(token)).toEqual(plugbay.explain(otp));
    expect(await plugbay.run(token, (sender) => sender.by)).toBe("sms");
  });

  test("is served by the registration's selector, not by its own", async () => {
    const last = otp.withSelector(({ active }) => active.at(-1));
    const plugbay = await open([last, senderPlugin("a"), senderPlugin("b"), senderPlugin("c")]);
    const first = copy.definePluginType<OtpSender>(options).withSelector(({ active }) => active[0]);
    expect(plugbay.get(first)?.by).toBe("c");
  });

  test("hands its arguments to the registration's selector", async () => {
    const byName = otp.withSelector(({ active }, name: string) => active.find((item) => item.name === name));
    const plugbay = await open([byName, senderPlugin("a"), senderPlugin("b")]);
    const token = copy
      .definePluginType<OtpSender>(options)
      .withSelector((_candidates, _name: string) => undefined);
    expect(plugbay.get(token, "b")?.by).toBe("b");
  });
});

describe("definitions of another copy", () => {
  test("are registered like those of this one", async () => {
    const theirs = copy.definePluginType<OtpSender>(options);
    const plugbay = await open([
      theirs,
      definePlugin(theirs, { name: "ours", module: "m", create: () => new Sender("ours") }),
      copy.definePlugin(otp, {
        name: "theirs",
        module: "m",
        create: () => new Sender("theirs"),
        priority: 1,
      }),
    ]);
    expect(plugbay.getAll(otp).map(({ by }) => by)).toEqual(["ours", "theirs"]);
  });

  test("are held to the methods of the registered type, not to those of their own copy", async () => {
    const warnings = collectWarnings();
    const older = copy.definePluginType<{ ping(): void }>({ ...options, methods: { ping: "required" } });
    const outdated = (lifetime: "singleton" | "transient") =>
      copy.definePlugin(older, {
        name: lifetime,
        module: "m",
        lifetime: lifetime as "transient",
        create: () => ({ ping() {} }),
      });
    const plugbay = await open([otp, outdated("singleton"), outdated("transient")]);
    expect(plugbay.get(otp)).toBeUndefined();
    for (const { error } of plugbay.explain(otp)) expect(error?.message).toContain('has no method "sendOtp"');
    expect(warnings).toHaveLength(2);
  });

  test("may come in a registry of that copy", async () => {
    const plugbay = await open(copy.createRegistry([otp, senderPlugin("sms")]));
    expect(plugbay.get(otp)?.by).toBe("sms");
  });

  test("of a type that is registered already are duplicates", async () => {
    await expect(open([otp, copy.definePluginType<OtpSender>(options)])).rejects.toMatchObject({
      code: "DUPLICATE_TYPE",
    });
  });
});

import { definePlugin, type Plugin, type PluginOptions } from "plugbay";
import { type ConformanceOptions, describePlugin, type TestRunner } from "plugbay/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type OtpSender, otp, smsIr, twilio } from "./senders.ts";

const configs = [{ token: "test-token" }, { token: "other-token", from: "+1 555 0102" }];

describePlugin(twilio, {
  configs,
  refused: [{}, { token: "abc" }, { token: 7 }],
  cases: {
    async "sends a code"(sender, { config }) {
      expect(await sender.sendOtp("+1 555 0101", "1")).toContain("+1 555 0101");
      expect(config).toHaveProperty("from");
    },
  },
});
describePlugin(smsIr);

/** What a suite comes to: the names of its tests, and the messages of those that fail. */
async function outcomeOf<T extends object, Input>(
  plugin: Plugin<T, Input>,
  options: Omit<ConformanceOptions<T, Input>, "runner"> = {},
) {
  const tests: Parameters<TestRunner["test"]>[] = [];
  const names: string[] = [];
  const runner: TestRunner = {
    describe(name, declare) {
      names.push(name);
      declare();
    },
    test: (...declared) => tests.push(declared),
  };
  describePlugin(plugin, { ...options, runner });
  const failures: Record<string, string> = {};
  for (const [name, run] of tests) {
    await run().catch((error: unknown) => {
      failures[name] = error instanceof Error ? error.message : String(error);
    });
  }
  return { names, tests: tests.map(([name]) => name), failures };
}

const schema = z.object({ url: z.string(), apiKey: z.string().default("") });
const gateway = (details: Partial<PluginOptions<OtpSender, typeof schema>> = {}) =>
  definePlugin(otp, {
    ...{ name: "gateway", module: "apps/otp-sms", config: schema, secrets: ["apiKey"] },
    create: () => ({ sendOtp: async () => "sent" }),
    ...(details as object),
  });
const config = { url: "https://sms.example.com", apiKey: "k-123456" };

describe("the conformance suite", () => {
  test("has a test for each promise, and one for each case and config", async () => {
    const { names, tests, failures } = await outcomeOf(twilio, {
      configs,
      refused: [{}],
      cases: { "sends a code": () => undefined },
    });
    expect(failures).toEqual({});
    expect(names).toEqual(['plugin "twilio" of module "apps/otp-sms"']);
    expect(tests).toMatchInlineSnapshot(`
      [
        "fulfils its type, as far as its code shows",
        "has every field for a secret that looks like one",
        "refuses what is no config (1)",
        "takes its config, which outlasts storage (config 1)",
        "makes what fulfils its type (config 1)",
        "gives up when it is told to, while it makes an instance (config 1)",
        "ends an instance once, and another one after it (config 1)",
        "accepts a config that works (config 1)",
        "gives up a check when it is told to (config 1)",
        "sends a code (config 1)",
        "takes its config, which outlasts storage (config 2)",
        "makes what fulfils its type (config 2)",
        "gives up when it is told to, while it makes an instance (config 2)",
        "ends an instance once, and another one after it (config 2)",
        "accepts a config that works (config 2)",
        "gives up a check when it is told to (config 2)",
        "sends a code (config 2)",
      ]
    `);
  });

  test("needs a config of who has a schema that takes no empty one", async () => {
    const { failures } = await outcomeOf(gateway());
    expect(Object.values(failures).join("\n")).toContain("url");
  });

  test("finds a plugin that lacks a method of its type", async () => {
    const { failures } = await outcomeOf(gateway({ create: () => ({}) as OtpSender }), { configs: [config] });
    expect(failures["makes what fulfils its type"]).toContain("sendOtp");
  });

  test("finds configs that the schema refuses, takes wrongly, or that storage spoils", async () => {
    const refused = await outcomeOf(gateway(), { configs: [{ url: 7 } as never], refused: [config] });
    expect(refused.failures["takes its config, which outlasts storage"]).toContain("url");
    expect(refused.failures["refuses what is no config (1)"]).toContain("has to refuse");
    const spoilt = await outcomeOf(gateway(), { configs: [{ ...config, since: new Date(0) } as never] });
    expect(spoilt.failures["takes its config, which outlasts storage"]).toContain("JSON");
    const none = await outcomeOf(smsIr as Plugin<OtpSender>, { configs: [{}] });
    expect(none.failures["takes its config, which outlasts storage"]).toContain("no schema");
  });

  test("finds secrets that are not declared", async () => {
    const { failures } = await outcomeOf(gateway({ secrets: [] }), { configs: [config] });
    expect(failures["has every field for a secret that looks like one"]).toContain('"apiKey"');
  });

  test("finds a check that refuses what works, without telling its secrets", async () => {
    const check = () => {
      throw new Error(`the key ${config.apiKey} is refused`);
    };
    const { failures } = await outcomeOf(gateway({ check }), { configs: [config] });
    expect(failures["accepts a config that works"]).toContain("is refused");
    expect(failures["accepts a config that works"]).not.toContain(config.apiKey);
    const skipped = await outcomeOf(gateway({ check }), { configs: [config], skip: ["check"] });
    expect(skipped.failures).toEqual({});
  });

  test("finds what fails when it is ended, at first or the second time", async () => {
    let ends = 0;
    const dispose = () => {
      ends += 1;
      if (ends === 4) throw new Error("ended already");
    };
    const { failures } = await outcomeOf(gateway({ dispose }), { configs: [config] });
    expect(Object.values(failures)).toEqual(["ended already"]);
  });

  test("finds what does not give up", async () => {
    const hanging = gateway({ create: () => new Promise<OtpSender>(() => undefined) });
    const { failures } = await outcomeOf(hanging, {
      configs: [config],
      skip: ["contract", "dispose", "config"],
    });
    expect(failures).toEqual({});
    const check = () => new Promise<undefined>(() => undefined);
    const stuck = await outcomeOf(gateway({ check }), { configs: [config], skip: ["check"] });
    expect(stuck.failures).toEqual({
      "gives up a check when it is told to": "giving up the check took longer than 5000 ms",
    });
  });

  test("tells which case failed, and ends the instance all the same", async () => {
    let ends = 0;
    const dispose = () => {
      ends += 1;
    };
    const plugin = gateway({ dispose });
    const before = await outcomeOf(plugin, { configs: [config] });
    const endsBefore = ends;
    const { failures } = await outcomeOf(plugin, {
      configs: [config],
      cases: {
        "sends a code": () => Promise.reject(new Error("no code came")),
        "sends another one": () => undefined,
      },
    });
    expect(before.failures).toEqual({});
    expect(failures).toEqual({ "sends a code": "no code came" });
    expect(ends - endsBefore).toBe(endsBefore + 2);
  });

  test("says what it does not know", () => {
    expect(() => describePlugin(twilio, { config } as object)).toThrow(/config/);
  });
});

import { definePlugin, MisconfiguredError, PluginFailedError } from "plugbay";
import { makePlugin } from "plugbay/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { type OtpSender, otp, smsIr, twilio } from "./senders.ts";

const config = z.object({ token: z.string() });
const broken = (create: () => unknown) =>
  definePlugin(otp, { name: "broken", module: "apps/otp-sms", config, create: create as () => OtpSender });

describe("makePlugin", () => {
  test("gives one typed instance, with the config as its schema reads it", async () => {
    const sender = await makePlugin(twilio, { config: { token: "test-token" } });
    expectTypeOf(sender).toEqualTypeOf<OtpSender>();
    expect(await sender.sendOtp("+1 555 0101", "1")).toBe("+1 555 0100 to +1 555 0101 by test-token");
    expect(await (await makePlugin(smsIr)).sendOtp("+1 555 0101", "1")).toBe("sms_ir");
  });

  test("gives each caller an instance of its own", async () => {
    const options = { config: { token: "test-token" } };
    expect(await makePlugin(twilio, options)).not.toBe(await makePlugin(twilio, options));
  });

  test("refuses a config as in earnest, without its secrets", async () => {
    const refused = makePlugin(twilio, { config: { token: "abc" } });
    await expect(refused).rejects.toBeInstanceOf(MisconfiguredError);
    await expect(refused).rejects.toMatchObject({ issues: [{ path: ["token"] }] });
    await expect(makePlugin(twilio)).rejects.toBeInstanceOf(MisconfiguredError);
  });

  test("fails as in earnest where the plugin does, and masks secrets", async () => {
    const options = { config: { token: "s3cret-token" } };
    const throwing = definePlugin(otp, {
      name: "broken",
      module: "apps/otp-sms",
      config,
      secrets: ["token"],
      create({ config: { token } }): OtpSender {
        throw new Error(`${token} is refused`);
      },
    });
    const failed = await makePlugin(throwing, options).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PluginFailedError);
    expect((failed as Error).message).not.toContain("s3cret-token");
    await expect(
      makePlugin(
        broken(() => ({})),
        options,
      ),
    ).rejects.toThrow(/sendOtp/);
  });

  test("makes instances of transient and asynchronous plugins, and of classes", async () => {
    const common = { module: "apps/otp-sms" } as const;
    const transient = definePlugin(otp, {
      ...{ ...common, name: "transient", lifetime: "transient" },
      create: () => ({ sendOtp: async () => "transient" }),
    });
    class Sender implements OtpSender {
      async sendOtp(): Promise<string> {
        return "class";
      }
    }
    const plugins = [
      transient,
      definePlugin(otp, { ...common, name: "class", class: Sender }),
      definePlugin(otp, {
        ...{ ...common, name: "later" },
        create: async () => ({ sendOtp: async () => "later" }),
      }),
    ];
    const made = await Promise.all(plugins.map((plugin) => makePlugin(plugin)));
    const said = await Promise.all(made.map((sender) => sender.sendOtp("+1 555 0100", "1")));
    expect(said).toEqual(["transient", "class", "later"]);
  });

  test("tells the plugin's code by its signal to give up", async () => {
    const waiting = definePlugin(otp, {
      ...{ name: "waiting", module: "apps/otp-sms" },
      create: ({ signal }) =>
        new Promise<OtpSender>((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    });
    const controller = new AbortController();
    const making = makePlugin(waiting, { signal: controller.signal });
    controller.abort();
    await expect(making).rejects.toThrow();
  });

  test("says what it does not know", async () => {
    await expect(makePlugin(twilio, { settings: {} } as object)).rejects.toMatchObject({
      code: "UNKNOWN_OPTION",
    });
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { definePluginType } from "plugbay";
import { FakeClock, openTestPlugbay, type TestPlugbay } from "plugbay/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { fake, idOf, kavenegar, type OtpSender, otp, smsIr } from "./senders.ts";

let plugbay: TestPlugbay;
beforeEach(async () => {
  plugbay = await openTestPlugbay({ plugins: [otp, smsIr, kavenegar] });
  return () => plugbay.close();
});

const said = (type = otp) => plugbay.get(type)?.sendOtp("+1 555 0100", "123456");

/** Application code, several calls away. */
const signIn = async (): Promise<string> => {
  await sleep(1);
  return plugbay.require(otp).sendOtp("+1 555 0100", "123456");
};

describe("an override", () => {
  test("ends with the scope that declares it", async () => {
    {
      using _ = plugbay.override(otp, fake());
      expect(await said()).toBe("fake");
      expect(await signIn()).toBe("fake");
    }
    expect(await said()).toBe("sms_ir");
    expect(await signIn()).toBe("sms_ir");
  });

  test("ends with its callback, and what that returns", async () => {
    expect(await plugbay.override(otp, fake(), signIn)).toBe("fake");
    expect(await said()).toBe("sms_ir");
    const failing = () => Promise.reject(new Error("the test failed"));
    await expect(plugbay.override(otp, fake(), failing)).rejects.toThrow("the test failed");
    expect(() =>
      plugbay.override(otp, fake(), () => {
        throw new Error("at once");
      }),
    ).toThrow("at once");
    expect(plugbay.override(otp, fake(), () => plugbay.selected(otp)?.name)).toBe("override");
    expect(plugbay.selected(otp)?.name).toBe("sms_ir");
  });

  test("ends by hand, once", async () => {
    const override = plugbay.override(otp, fake());
    override.end();
    override.end();
    expect(await said()).toBe("sms_ir");
  });

  test("is seen by all that asks for the type, and by services taken before", async () => {
    const service = plugbay.service(otp);
    const id = idOf(plugbay, "kavenegar");
    using _ = plugbay.override(otp, fake());
    expect(await service.sendOtp("+1 555 0100", "1")).toBe("fake");
    const send = (sender: OtpSender) => sender.sendOtp("+1 555 0100", "1");
    expect(await plugbay.run(otp, send)).toBe("fake");
    expect(await Promise.all(plugbay.getAll(otp).map(send))).toEqual(["fake"]);
    expect(await plugbay.runAll(otp, send)).toMatchObject([{ status: "fulfilled", value: "fake" }]);
    expect(await plugbay.getById(otp, id)?.sendOtp("+1 555 0100", "1")).toBe("fake");
    expect(plugbay.getById(otp, "01a21a1a-adb3-7003-a358-5e4e61fe5569")).toBeUndefined();
    expect(plugbay.getClass(otp)).toBeUndefined();
    using lease = plugbay.lease(otp);
    expect(await (lease && send(lease.instance))).toBe("fake");
    const stream = plugbay.stream(otp, async function* (sender) {
      yield await send(sender);
    });
    const parts: string[] = [];
    for await (const part of stream) parts.push(part);
    expect(parts).toEqual(["fake"]);
  });

  test("of one of two types leaves the other alone, and the inner of two goes first", async () => {
    const mail = definePluginType<OtpSender>({
      name: "mail",
      manager: "apps/otp",
      methods: { sendOtp: "required" },
    });
    plugbay.registry.register(mail);
    await plugbay.refresh();
    using _ = plugbay.override(otp, fake("outer"));
    using __ = plugbay.override(mail, fake("mail"));
    expect([await said(), await said(mail)]).toEqual(["outer", "mail"]);
    {
      using ___ = plugbay.override(otp, fake("inner"));
      expect([await said(), await said(mail)]).toEqual(["inner", "mail"]);
    }
    expect([await said(), await said(mail)]).toEqual(["outer", "mail"]);
  });

  test("goes by the policy of the type: it is tried again, and then fails", async () => {
    const clock = new FakeClock();
    const timed = await openTestPlugbay({ plugins: [otp, smsIr, kavenegar], clock });
    let calls = 0;
    const flaky: OtpSender = {
      async sendOtp() {
        calls += 1;
        if (calls === 1) throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
        return "the second time";
      },
    };
    using _ = timed.override(otp, flaky);
    const options = { attemptsPerItem: 2, maxAttempts: 2 };
    const sent = timed.run(otp, (sender) => sender.sendOtp("+1 555 0100", "1"), options);
    await clock.advance(1_000);
    expect(await sent).toBe("the second time");
    const down = {
      sendOtp: () => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })),
    };
    using __ = timed.override(otp, down);
    const failed = timed.service(otp, options).sendOtp("+1 555 0100", "1");
    const outcome = expect(failed).rejects.toMatchObject({ code: "ALL_PLUGINS_FAILED" });
    await clock.advance(1_000);
    await outcome;
    await timed.close();
  });

  test("serves after many failures as before: no circuit opens for good, and no other provider is called", async () => {
    const down = {
      sendOtp: () => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })),
    };
    using _ = plugbay.override(otp, down);
    for (let calls = 0; calls < 20; calls += 1) {
      await expect(plugbay.service(otp).sendOtp("+1 555 0100", "1")).rejects.toMatchObject({
        code: "ALL_PLUGINS_FAILED",
      });
    }
  });

  test("is told by its receipt how a call went in the end", async () => {
    using _ = plugbay.override(otp, fake());
    const receipt = await plugbay.run(otp, (__, context) => context.receipt);
    plugbay.report(receipt, "success");
  });

  test("disposes of no fake, and refuses one that lacks a method", async () => {
    let disposals = 0;
    const disposable = {
      ...fake(),
      [Symbol.dispose]() {
        disposals += 1;
      },
    };
    plugbay.override(otp, disposable).end();
    await plugbay.close();
    expect(disposals).toBe(0);
    const whole = await openTestPlugbay({ plugins: [otp, smsIr] });
    expect(() => whole.override(otp, {} as OtpSender)).toThrow(/sendOtp/);
    expect(() => whole.override({} as typeof otp, fake())).toThrow();
    await whole.close();
  });

  describe("of tests that run side by side", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    let shared: TestPlugbay;
    beforeEach(async () => {
      shared ??= await openTestPlugbay({ plugins: [otp, smsIr] });
    });

    test.concurrent.each(names)("is each its own: %s", async (name) => {
      const one = await openTestPlugbay({ plugins: [otp, smsIr] });
      using _ = one.override(otp, fake(name));
      await sleep(Math.random() * 20);
      expect(await one.require(otp).sendOtp("+1 555 0100", "1")).toBe(name);
    });

    test.concurrent.each(names)("is each its own, in one plugbay: %s", async (name) => {
      using _ = shared.override(otp, fake(name));
      for (let times = 0; times < 5; times += 1) {
        await sleep(Math.random() * 10);
        expect(await shared.service(otp).sendOtp("+1 555 0100", "1")).toBe(name);
      }
    });

    test.concurrent("is not seen by one without", async () => {
      for (let times = 0; times < 5; times += 1) {
        await sleep(Math.random() * 10);
        expect(await shared.service(otp).sendOtp("+1 555 0100", "1")).toBe("sms_ir");
      }
    });

    test("is each its own where callbacks run at once", async () => {
      const send = async () => {
        await sleep(Math.random() * 10);
        return plugbay.require(otp).sendOtp("+1 555 0100", "1");
      };
      const sent = names.map((name) => plugbay.override(otp, fake(name), send));
      expect(await Promise.all([...sent, send()])).toEqual([...names, "sms_ir"]);
    });
  });
});

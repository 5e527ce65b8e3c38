import { beforeEach, describe, expect, test } from "vitest";
import { performCheck } from "../../src/instances/perform-check.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";

let log: string[];
beforeEach(() => {
  log = [];
});

describe("a check", () => {
  const perform = (check: () => unknown, secrets: readonly string[] = [], clock = new ManualClock()) =>
    performCheck(
      { check, config: {}, secrets, release: () => log.push("released") },
      { clock, timeoutMs: 100, keepAlive: false },
    );

  test.each([
    ["a text", "a text"],
    [undefined, null],
    [{ status: "fine" }, null],
    ["token hunter2", "token"],
  ])("that answers %j is told with %j, without secrets", async (answer, told) => {
    const message = await perform(() => answer, ["hunter2"]);
    if (told === null) expect(message).toBeNull();
    else expect(message).toContain(told);
    expect(String(message)).not.toContain("hunter2");
    expect(log).toEqual(["released"]);
  });

  test("that fails is told with what it threw, without secrets", async () => {
    const fails = () => {
      throw new Error("hunter2 was refused");
    };
    await expect(perform(fails, ["hunter2"])).rejects.toThrow(/was refused/);
    await expect(perform(fails, ["hunter2"])).rejects.not.toThrow(/hunter2/);
  });

  test("that takes too long is told so by its signal, and releases what it used when it ends", async () => {
    const clock = new ManualClock();
    const gate = new Gate();
    let signal: AbortSignal | undefined;
    const check = performCheck(
      {
        check: (context) => {
          signal = context.signal;
          return gate.passed;
        },
        ...{ config: {}, secrets: [], release: () => log.push("released") },
      },
      { clock, timeoutMs: 100, keepAlive: false },
    ).catch((error: unknown) => error);
    await clock.advance(99);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(await check).toMatchObject({ message: "no answer within 100 ms" });
    expect(signal?.reason).toBe(await check);
    expect(log).toEqual([]);
    gate.open();
    await settle();
    expect(log).toEqual(["released"]);
  });
});

import { type Outcome, OutcomeUnknownError, RunTimeoutError } from "plugbay";
import { describe, expect, test } from "vitest";
import type { OtpSender } from "../definition/otp.ts";
import { coded, hang, openSenders, status } from "./senders.ts";

/** A task that fails at `a` with this error. */
const failing =
  (error: unknown, tried: string[]) =>
  (sender: OtpSender): string => {
    tried.push(sender.by);
    if (sender.by === "a") throw error;
    return sender.by;
  };

describe("what an error means for the run, where the call is not idempotent", () => {
  test.each([
    ["nothing was sent", coded("ECONNREFUSED"), "b"],
    ["no name was found", coded("EAI_AGAIN"), "b"],
    ["its credentials were refused", status(401), "b"],
    ["too many calls", status(429), "b"],
    ["not available", status(503), "b"],
    ["too large for this one", status(413), "b"],
    ["anything else", new Error("no"), "b"],
    ["a text that is thrown", "no", "b"],
    ["a bad request", status(400), "HTTP 400"],
    ["not found", status(404), "HTTP 404"],
    ["a broken connection", coded("ECONNRESET"), "OUTCOME_UNKNOWN"],
    ["an internal error", status(500), "OUTCOME_UNKNOWN"],
    ["a gateway's time-out", status(504), "OUTCOME_UNKNOWN"],
    [
      "a cause that broke the connection",
      new Error("fetch failed", { cause: coded("UND_ERR_SOCKET") }),
      "OUTCOME_UNKNOWN",
    ],
  ])("%s", async (_title, error, result) => {
    const { plugbay, type, tried } = await openSenders();
    const end = await plugbay
      .run(type, failing(error, tried))
      .catch((thrown) => thrown.code ?? thrown.message);
    expect(end).toBe(result);
    expect(tried).toEqual(result === "b" ? ["a", "b"] : ["a"]);
  });

  test("a time-out is unknown, and says what to set and by which receipt to tell of it later", async () => {
    const { plugbay, type, bench, tried } = await openSenders({ timeoutMs: 50 });
    const run = plugbay
      .run(type, (sender) => {
        tried.push(sender.by);
        return hang();
      })
      .catch((error) => error);
    await bench.clock.advance(50);
    // Before the end of the run is waited for: a second attempt would have none.
    expect(tried).toEqual(["a"]);
    const error: OutcomeUnknownError = await run;
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { limit: "timeoutMs", limitMs: 50 } });
    expect(error.cause).toBeInstanceOf(RunTimeoutError);
    expect(error.message).toContain('"idempotent: true"');
    expect(tried).toEqual(["a"]);
    plugbay.report(error.receipt, "success");
  });
});

test("an ambiguous error goes on where the type, or the call, is idempotent", async () => {
  const { plugbay, type, tried } = await openSenders({ idempotent: true });
  expect(await plugbay.run(type, failing(status(500), tried))).toBe("b");
  const call = plugbay.run(type, failing(status(500), tried), { idempotent: false });
  await expect(call).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
});

test("what a classify says goes, that of the call before that of the type; undefined leaves it to the default", async () => {
  const { plugbay, type, tried } = await openSenders({ classify: () => "rejected" });
  await expect(plugbay.run(type, failing(status(503), tried))).rejects.toThrow("HTTP 503");
  expect(await plugbay.run(type, failing(status(400), tried), { classify: () => "unsuitable" })).toBe("b");
  expect(await plugbay.run(type, failing(status(503), tried), { classify: () => undefined })).toBe("b");
});

describe("what an outcome means for the item", () => {
  const aside = (reason: string, until?: number) => ({ kind: "cooling", reason, until });
  test.each<[Outcome, number, ReturnType<typeof aside> | { kind: "ready" }]>([
    ["retryable", 5, aside("circuit", 30_000)],
    ["retryable", 4, { kind: "ready" }],
    ["ambiguous", 5, aside("circuit", 30_000)],
    ["unsuitable", 9, { kind: "ready" }],
    ["rejected", 9, { kind: "ready" }],
    ["unauthorized", 1, aside("unauthorized")],
    [{ exhausted: 700 }, 1, aside("exhausted", 700)],
  ])("%j, %d times: %j", async (outcome, times, expected) => {
    const { plugbay, type, bench, readiness } = await openSenders({
      classify: () => outcome,
      maxAttempts: 1,
    });
    const task = (): never => {
      throw new Error("no");
    };
    for (let time = 0; time < times; time += 1) await plugbay.run(type, task).catch(() => undefined);
    const { until, ...found } = { until: undefined, ...readiness("a") };
    const left = until === undefined ? {} : { until: until - bench.clock.now() };
    expect({ ...found, ...left }).toMatchObject(JSON.parse(JSON.stringify(expected)));
  });

  test("the last error is told without the secrets, with the number of failures in a row and the time", async () => {
    const { plugbay, type, bench, readiness } = await openSenders();
    const task = (): never => {
      throw new Error("down");
    };
    for (let time = 0; time < 5; time += 1) {
      await plugbay.run(type, task, { maxAttempts: 1 }).catch(() => undefined);
    }
    expect(readiness("a")).toMatchObject({
      failures: { count: 5, at: bench.clock.now(), error: { message: "down" } },
    });
    expect(plugbay.explain(type).find(({ item }) => item.name === "a")).toMatchObject({
      reason: "cooling",
      readiness: { reason: "circuit" },
    });
  });
});

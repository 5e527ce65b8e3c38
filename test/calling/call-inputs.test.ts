import { describe, expect, test } from "vitest";
import { openSenders } from "./senders.ts";

describe("what an item is reported with later", () => {
  async function openReported() {
    const { plugbay, type, readiness, bench } = await openSenders({ circuit: { failures: 2 } });
    const receipt = await plugbay.run(type, (_, context) => context.receipt);
    return { plugbay, readiness, receipt, bench };
  }

  test("counts as the outcome of a call does", async () => {
    const { plugbay, readiness, receipt, bench } = await openReported();
    for (const outcome of ["failed", "success", "failed"] as const) plugbay.report(receipt, outcome);
    expect(readiness("a")).toEqual({ kind: "ready" });
    plugbay.report(receipt, "ambiguous");
    expect(readiness("a")).toMatchObject({ kind: "cooling", reason: "circuit" });
    expect(bench.clock.pending).toBe(1);
  });

  test("may say when to come again", async () => {
    const { plugbay, readiness, receipt, bench } = await openReported();
    plugbay.report(receipt, { exhausted: 5_000 });
    expect(readiness("a")).toMatchObject({
      ...{ kind: "cooling", reason: "exhausted", until: bench.clock.now() + 5_000 },
    });
  });

  test.each(["well", "", null, {}, { exhausted: Symbol("x") }, { exhausted: "5" }, { exhausted: -1 }])(
    "is refused where it is no outcome: %s",
    async (outcome) => {
      const { plugbay, receipt } = await openReported();
      expect(() => plugbay.report(receipt, outcome as never)).toThrow(
        expect.objectContaining({
          ...{ code: "INVALID_OPTION", option: "outcome" },
          message: expect.stringContaining('it is "success", "failed" or an outcome of an attempt'),
        }),
      );
    },
  );
});

test.each([
  [{ signal: "now" }, "it is an AbortSignal"],
  [{ signal: null }, "it is an AbortSignal"],
  [{ args: "NL" }, "they are a list of what the type's selector takes"],
  [{ onAttempt: 1 }, "it is a function of a report"],
])("the options %j are refused, and the error says what they are to be", async (options, message) => {
  const { plugbay, type } = await openSenders();
  await expect(plugbay.run(type, () => 1, options as never)).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringContaining(message),
  });
});

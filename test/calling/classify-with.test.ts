import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { classifyWith } from "../../src/calling/classify-with.ts";
import type { Policy } from "../../src/definition/policy.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";

const now = Date.UTC(2030, 0);
const aboutOne = (secrets: readonly string[] = []) => ({
  type: { manager: "app", name: "otp" },
  secrets,
  now,
});
const answering = (answer: unknown): Policy["classify"] => (() => answer) as Policy["classify"];
const error = { status: 422 };

describe("the outcome of an error", () => {
  test("is the default's where a policy has no classify, or leaves it", () => {
    const warnings = collectWarnings();
    expect(classifyWith(undefined, error, aboutOne())).toBe("rejected");
    expect(classifyWith(answering(undefined), error, aboutOne())).toBe("rejected");
    const dated = { status: 429, headers: { "retry-after": new Date(now + 5_000).toUTCString() } };
    expect(classifyWith(undefined, dated, aboutOne())).toEqual({ exhausted: 5_000 });
    expect(warnings).toEqual([]);
  });

  test("is what classify answers, of the error as it was thrown", () => {
    const classify = vi.fn(answering("unsuitable"));
    expect(classifyWith(classify, error, aboutOne())).toBe("unsuitable");
    expect(classify).toHaveBeenCalledWith(error);
    for (const word of ["retryable", "rejected", "ambiguous", "unauthorized"]) {
      expect(classifyWith(answering(word), error, aboutOne())).toBe(word);
    }
    expect(classifyWith(answering({ exhausted: 0 }), error, aboutOne())).toEqual({ exhausted: 0 });
    expect(classifyWith(answering({ exhausted: 1e300 }), error, aboutOne())).toEqual({
      exhausted: 2 ** 31 - 1,
    });
  });
});

const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe("a classify that fails", () => {
  test.each([
    ["a wrong word", "retry"],
    ["null", null],
    ["true", true],
    ["an empty object", {}],
    ["exhausted NaN", { exhausted: Number.NaN }],
    ["exhausted below 0", { exhausted: -1 }],
    ["exhausted without an end", { exhausted: Number.POSITIVE_INFINITY }],
    ["exhausted as a text", { exhausted: "5" }],
    ["an object that cannot be made a text", Object.create(null)],
    ["a revoked proxy", revoked.proxy],
    ["a name of what all objects have", "constructor"],
    ["a promise", Promise.resolve("rejected")],
  ])("by its answer, counts as retryable and is warned of: %s", (_title, answer) => {
    const warnings = collectWarnings();
    expect(classifyWith(answering(answer), error, aboutOne())).toBe("retryable");
    expect(warnings).toEqual([
      'the classify of plugin type "otp" of "app" failed; what it cannot tell counts as "retryable"',
    ]);
  });

  test.each([
    ["retry", 'it answered "retry", which is not an outcome'],
    [{}, "it answered an object, which is not an outcome"],
    [{ exhausted: -1 }, "it answered exhausted: -1, which is not a number of milliseconds from 0"],
    [{ exhausted: Symbol("x") }, "exhausted: Symbol(x), which is not a number of milliseconds from 0"],
    [Promise.resolve("rejected"), "it answered with a promise; it is to be synchronous"],
  ])("is told what was wrong with its answer: %o", (answer, text) => {
    const details: unknown[] = [];
    const spy = vi.spyOn(process, "emitWarning").mockImplementation((_message, options) => {
      details.push((options as { detail?: unknown }).detail);
    });
    onTestFinished(() => spy.mockRestore());
    classifyWith(answering(answer), error, aboutOne());
    expect(details).toEqual([expect.stringContaining(text)]);
  });

  test("by what it throws, is warned of once for a type, and without the secrets of the config", () => {
    const details: unknown[] = [];
    const spy = vi.spyOn(process, "emitWarning").mockImplementation((_message, options) => {
      details.push((options as { detail?: unknown }).detail);
    });
    onTestFinished(() => spy.mockRestore());
    const about = aboutOne(["s3cret-token"]);
    const classify = () => {
      throw new Error("no idea of s3cret-token");
    };
    expect(classifyWith(classify, error, about)).toBe("retryable");
    expect(classifyWith(classify, error, about)).toBe("retryable");
    expect(details).toHaveLength(1);
    expect(details[0]).toContain("no idea of");
    expect(details[0]).not.toContain("s3cret-token");
    classifyWith(classify, error, aboutOne());
    expect(details).toHaveLength(2);
  });

  test("later, by a promise that is rejected, leaves no unhandled rejection", async () => {
    collectWarnings();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    expect(classifyWith(answering(Promise.reject(new Error("late"))), error, aboutOne())).toBe("retryable");
    await turn();
    await turn();
    expect(unhandled).not.toHaveBeenCalled();
  });
});

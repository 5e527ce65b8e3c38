import { classifyError } from "plugbay";
import { describe, expect, test } from "vitest";

const broken = { code: "ECONNRESET" };

describe("a status", () => {
  test.each(["0429", "4290", "429.5", " 429", "429 Too Many Requests", ["429"], Symbol("429"), 429n])(
    "that is neither a number nor three digits is none: %s",
    (status) => {
      expect(classifyError({ status })).toBe("retryable");
      expect(classifyError({ status, response: { status: 400 } })).toBe("rejected");
    },
  );

  test.each([
    [99, "rejected"],
    [100, "retryable"],
    [599, "retryable"],
    [600, "rejected"],
  ])("is from 100 to 599, and the next place is looked at where it is not: %d", (status, outcome) => {
    expect(classifyError({ status, response: { status: 400 } })).toBe(outcome);
  });
});

describe("of what an error is made of", () => {
  /** A chain of so many errors, the last of which tells. */
  const chain = (length: number) =>
    Array.from({ length: length - 1 }).reduce<object>((cause) => ({ cause }), broken);

  test("a thousand errors are looked at", () => {
    expect(classifyError(chain(1_000))).toBe("ambiguous");
    expect(classifyError(chain(1_001))).toBe("retryable");
  });

  test("what is no error does not count", () => {
    const errors = Array.from({ length: 2_000 }, (_, index) => index);
    expect(classifyError({ errors, cause: broken })).toBe("ambiguous");
  });
});

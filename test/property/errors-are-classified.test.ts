import fc from "fast-check";
import { classifyError } from "plugbay";
import { expect, test } from "vitest";

const isOutcome = (outcome: unknown): boolean => {
  const words: unknown[] = ["retryable", "unsuitable", "rejected", "ambiguous", "unauthorized"];
  if (words.includes(outcome)) return true;
  const { exhausted } = outcome as { exhausted: number };
  return exhausted >= 0 && exhausted <= 86_400_000;
};

const code = fc.constantFrom("ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "UND_ERR_SOCKET", "OTHER", 14);
const status = fc.oneof(fc.integer({ min: 99, max: 600 }), fc.integer({ min: 400, max: 520 }).map(String));
const retryAfter = fc.oneof(
  fc.nat(),
  fc.nat().map(String),
  fc.date({ noInvalidDate: true }).map(String),
  fc.string(),
);

/** What clients throw, more or less, and what nobody should. */
const { error } = fc.letrec((tie) => ({
  error: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.anything({ withNullPrototype: true, withMap: true, withDate: true, withBigInt: true }),
    fc.record(
      {
        code: fc.oneof(code, fc.anything()),
        name: fc.constantFrom("TimeoutError", "AbortError", "Error"),
        syscall: fc.constantFrom("connect", "read"),
        status: fc.oneof(status, fc.anything()),
        statusCode: status,
        response: fc.oneof(
          fc.record({ status, headers: fc.record({ "Retry-After": retryAfter }) }),
          fc.anything(),
        ),
        headers: fc.oneof(fc.record({ "retry-after": retryAfter }), fc.anything({ withMap: true })),
        cause: tie("error"),
        errors: fc.oneof(fc.array(tie("error"), { maxLength: 3 }), fc.anything()),
      },
      { requiredKeys: [] },
    ),
  ),
}));

test("whatever was thrown has an outcome, the same one each time, and nothing is thrown or changed", () => {
  fc.assert(
    fc.property(error, (thrown) => {
      const before = fc.stringify(thrown);
      const outcome = classifyError(thrown, 0);
      expect(outcome).toSatisfy(isOutcome);
      expect(classifyError(thrown, 0)).toEqual(outcome);
      expect(fc.stringify(thrown)).toBe(before);
    }),
    { numRuns: 1_000 },
  );
});

test("what is thrown around an error, and says nothing itself, does not change its outcome", () => {
  fc.assert(
    fc.property(error, fc.nat(5), (thrown, depth) => {
      let wrapped: unknown = thrown;
      for (let level = 0; level < depth; level += 1) wrapped = new Error("x", { cause: wrapped });
      expect(classifyError(wrapped, 0)).toEqual(classifyError(thrown, 0));
      expect(classifyError(new AggregateError([wrapped]), 0)).toEqual(classifyError(thrown, 0));
    }),
  );
});

test("of parts, one that may have taken effect decides, wherever it stands", () => {
  fc.assert(
    fc.property(fc.array(error, { maxLength: 4 }), fc.nat(4), (parts, place) => {
      const all = parts.toSpliced(Math.min(place, parts.length), 0, { code: "ECONNRESET" });
      expect(classifyError(new AggregateError(all), 0)).toBe("ambiguous");
    }),
  );
});

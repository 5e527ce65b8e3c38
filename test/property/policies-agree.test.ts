import fc from "fast-check";
import type { Policy } from "plugbay";
import { expect, test } from "vitest";
import { definePolicy, resolvePolicy } from "../../src/definition/resolve-policy.ts";

const most = 2 ** 31 - 1;
const number = fc.oneof(
  fc.integer({ min: -2, max: 2 ** 32 }),
  fc.double(),
  fc.constantFrom(0, -0, 0.5, 1, most, most + 1, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE),
);
const value = fc.oneof(
  { weight: 5, arbitrary: number },
  fc.anything({ withBigInt: true, withNullPrototype: true }),
);

const isNumber = (given: unknown): given is number => typeof given === "number";
const isTime = (given: unknown): boolean => isNumber(given) && given > 0 && given <= most;
const isCount = (given: unknown): boolean => Number.isSafeInteger(given) && isNumber(given) && given > 0;

const fits: Readonly<Record<string, (given: unknown) => boolean>> = {
  timeoutMs: isTime,
  idleTimeoutMs: isTime,
  deadlineMs: isTime,
  waitMs: (given) => given === 0 || isTime(given),
  maxAttempts: isCount,
  attemptsPerItem: isCount,
  idempotent: (given) => given === true || given === false,
};

const policy = fc.record(
  Object.fromEntries(Object.keys(fits).map((name) => [name, value])) as Record<string, fc.Arbitrary<unknown>>,
  { requiredKeys: [] },
);

const errorOf = (call: () => unknown): unknown => {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
};

test("a policy is refused for a value that does not fit, by its name, and for nothing else", () => {
  fc.assert(
    fc.property(policy, (given) => {
      const wrong = Object.entries(given).filter(([name, one]) => one !== undefined && !fits[name]?.(one));
      const defined = errorOf(() => definePolicy(given));
      const called = errorOf(() => resolvePolicy(definePolicy(undefined), given));
      if (wrong.length === 0) {
        expect([defined, called]).toEqual([undefined, undefined]);
        return;
      }
      const names = wrong.map(([name]) => name);
      expect(defined).toMatchObject({ code: "INVALID_OPTION", option: expect.stringMatching(/^policy\./) });
      expect(names.map((name) => `policy.${name}`)).toContain((defined as { option: string }).option);
      expect(names).toContain((called as { option: string }).option);
    }),
    { numRuns: 500 },
  );
});

const time = fc.integer({ min: 1, max: most });
const fitting: fc.Arbitrary<Policy> = fc.record(
  {
    ...{ timeoutMs: time, idleTimeoutMs: time, deadlineMs: time, waitMs: fc.nat(most) },
    ...{ maxAttempts: fc.integer({ min: 1 }), attemptsPerItem: fc.integer({ min: 1 }) },
    idempotent: fc.boolean(),
    circuit: fc.oneof(
      fc.constant(false as const),
      fc.record({ failures: fc.integer({ min: 1 }), coolingMs: time }, { requiredKeys: [] }),
    ),
    classify: fc.constantFrom(undefined, () => undefined),
  },
  { requiredKeys: [] },
);

test("a call's option wins over the type's, and that over the default, for each field by itself", () => {
  const defaults = definePolicy(undefined);
  fc.assert(
    fc.property(fitting, fitting, (ofType, ofCall) => {
      const resolved = resolvePolicy(definePolicy(ofType), ofCall);
      for (const name of Object.keys(defaults) as (keyof Policy)[]) {
        if (name === "circuit") continue;
        expect(resolved[name]).toBe(ofCall[name] ?? ofType[name] ?? defaults[name]);
      }
      const { circuit } = resolved;
      if (ofCall.circuit === false || (ofCall.circuit === undefined && ofType.circuit === false)) {
        expect(circuit).toBe(false);
        return;
      }
      const [call, type] = [ofCall.circuit || {}, ofType.circuit || {}];
      const coolingMs = call.coolingMs ?? type.coolingMs ?? 30_000;
      expect(circuit).toMatchObject({ failures: call.failures ?? type.failures ?? 5, coolingMs });
      expect(circuit && circuit.maxCoolingMs >= coolingMs).toBe(true);
    }),
  );
});

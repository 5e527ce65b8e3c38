import { definePluginType, InvalidOptionError, type Policy, UnknownOptionError } from "plugbay";
import { describe, expect, test } from "vitest";
import { definePolicy, resolvePolicy } from "../../src/definition/resolve-policy.ts";
import type { OtpSender } from "./otp.ts";

const define = (policy: unknown) =>
  definePluginType<OtpSender>({
    ...{ name: "otp", manager: "apps/otp" },
    methods: { sendOtp: "required" },
    policy: policy as Policy,
  });

const refusal = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

const defaults = {
  idempotent: false,
  timeoutMs: undefined,
  idleTimeoutMs: undefined,
  deadlineMs: undefined,
  maxAttempts: 5,
  attemptsPerItem: 1,
  waitMs: 0,
  circuit: { failures: 5, coolingMs: 30_000, maxCoolingMs: 300_000 },
  classify: undefined,
};

describe("the policy of a type", () => {
  test("has a default for all that is left out", () => {
    expect(define(undefined).policy).toEqual(defaults);
    expect(define({}).policy).toEqual(defaults);
    expect(define({ timeoutMs: undefined, circuit: undefined }).policy).toEqual(defaults);
  });

  test("has what it was defined with, the parts of its circuit included", () => {
    const classify = () => undefined;
    const given = { idempotent: true, timeoutMs: 5_000, idleTimeoutMs: 0.5, deadlineMs: 2 ** 31 - 1 };
    const more = { maxAttempts: 1, attemptsPerItem: 3, waitMs: 10, circuit: { failures: 1 }, classify };
    expect(define({ ...given, ...more }).policy).toEqual({
      ...given,
      ...more,
      circuit: { failures: 1, coolingMs: 30_000, maxCoolingMs: 300_000 },
    });
    expect(define({ circuit: false }).policy.circuit).toBe(false);
  });

  test("is frozen, and does not follow later changes of what it was defined with", () => {
    const circuit = { failures: 2 };
    const given = { timeoutMs: 5, circuit };
    const { policy } = define(given);
    Object.assign(given, { timeoutMs: 6 });
    circuit.failures = 9;
    expect(policy).toMatchObject({ timeoutMs: 5, circuit: { failures: 2 } });
    expect(policy).toSatisfy(Object.isFrozen);
    expect(policy.circuit).toSatisfy(Object.isFrozen);
    expect(define({}).policy).toSatisfy(Object.isFrozen);
  });

  test("stays when the type gets a selector", () => {
    const type = define({ timeoutMs: 5 });
    expect(type.withSelector(() => undefined).policy).toBe(type.policy);
  });

  test("doubles to the cooling itself where that is longer than the usual maximum", () => {
    const { circuit } = define({ circuit: { coolingMs: 600_000 } }).policy;
    expect(circuit).toEqual({ failures: 5, coolingMs: 600_000, maxCoolingMs: 600_000 });
  });
});

const notTimes = [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5", null, 5n, true, {}, []];
const notCounts = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "5", null, 5n];
const bare = Object.create(null) as object;

describe("out of range", () => {
  const outOfRange: readonly (readonly [name: keyof Policy, values: readonly unknown[]])[] = [
    ["timeoutMs", [0, -0, ...notTimes]],
    ["idleTimeoutMs", [0, ...notTimes]],
    ["deadlineMs", [0, ...notTimes]],
    ["waitMs", notTimes],
    ["maxAttempts", notCounts],
    ["attemptsPerItem", notCounts],
    ["idempotent", [0, 1, "true", null, bare]],
    ["classify", [null, "retryable", {}, bare, Symbol("x")]],
    ["circuit", [null, true, 5, "off", []]],
  ];
  const values = outOfRange.flatMap(([name, list]) => list.map((value) => [name, value] as const));

  test.each(values)("%s: %o is refused by name, in a definition and in a call", (name, value) => {
    const defined = refusal(() => define({ [name]: value }));
    expect(defined).toBeInstanceOf(InvalidOptionError);
    expect(defined).toMatchObject({ option: `policy.${name}`, value });
    const called = refusal(() => resolvePolicy(definePolicy({}), { [name]: value }));
    expect(called).toBeInstanceOf(InvalidOptionError);
    expect(called).toMatchObject({ option: name, value });
  });

  test.each([
    ...notCounts.map((value) => ["failures", value] as const),
    ...[0, ...notTimes].flatMap((value) => [["coolingMs", value] as const, ["maxCoolingMs", value] as const]),
    ["maxCoolingMs", 29_999] as const,
  ])("circuit.%s: %o is refused by name, too", (name, value) => {
    const circuit = { [name]: value } as never;
    const defined = refusal(() => define({ circuit }));
    expect(defined).toMatchObject({ code: "INVALID_OPTION", option: `policy.circuit.${name}` });
    const called = refusal(() => resolvePolicy(definePolicy({ circuit: false }), { circuit }));
    expect(called).toMatchObject({ code: "INVALID_OPTION", option: `circuit.${name}` });
  });

  test.each([null, true, 5_000, "idempotent", [], () => undefined])("a policy is no %o", (policy) => {
    expect(refusal(() => define(policy))).toMatchObject({ code: "INVALID_OPTION", option: "policy" });
  });

  test("the message says what would do", () => {
    expect(() => define({ timeoutMs: 0 })).toThrow(
      'option "policy.timeoutMs" is 0; it is a number of milliseconds above 0 and below 2^31 (24.8 days)',
    );
    expect(() => define({ circuit: { coolingMs: 500, maxCoolingMs: 100 } })).toThrow(
      'option "policy.circuit.maxCoolingMs" is 100; it is at least coolingMs, which is 500',
    );
    expect(() => define(5_000)).toThrow('option "policy" is 5000; it is an object');
    expect(() => define({ circuit: true })).toThrow('"policy.circuit" is true; it is an object, or false');
  });
});

test.each([
  [{ timeout: 5 }, 'policy has no option "timeout"; did you mean "timeoutMs"?'],
  [{ circuit: { cooling: 5 } }, 'policy.circuit has no option "cooling"; did you mean "coolingMs"?'],
])("a misspelt name is refused: %j", (policy, message) => {
  expect(() => define(policy)).toThrow(UnknownOptionError);
  expect(() => define(policy)).toThrow(message);
});

describe("the options of a call", () => {
  const policy = definePolicy({ idempotent: true, timeoutMs: 5, circuit: { failures: 2, coolingMs: 10 } });

  test("cost nothing where there are none: it is the type's policy", () => {
    expect(resolvePolicy(policy)).toBe(policy);
  });

  test("win over the type's policy, field by field, down into the circuit", () => {
    expect(resolvePolicy(policy, { timeoutMs: 7, circuit: { coolingMs: 20 } })).toEqual({
      ...policy,
      timeoutMs: 7,
      circuit: { failures: 2, coolingMs: 20, maxCoolingMs: 300_000 },
    });
    expect(resolvePolicy(policy, { idempotent: false, circuit: false })).toEqual({
      ...policy,
      idempotent: false,
      circuit: false,
    });
  });

  test("that are undefined leave what the type says", () => {
    expect(resolvePolicy(policy, { timeoutMs: undefined, circuit: undefined })).toEqual(policy);
    expect(resolvePolicy(policy, { circuit: { failures: undefined } })).toEqual(policy);
  });

  test("that are no part of a policy are passed over", () => {
    const options = { timeoutMs: 7, signal: AbortSignal.abort() };
    expect(resolvePolicy(policy, options)).toEqual({ ...policy, timeoutMs: 7 });
  });

  test("give a circuit to a type that has none, with the defaults", () => {
    const without = definePolicy({ circuit: false });
    expect(resolvePolicy(without, { circuit: { failures: 1 } }).circuit).toEqual({
      failures: 1,
      coolingMs: 30_000,
      maxCoolingMs: 300_000,
    });
  });
});

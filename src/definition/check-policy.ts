import { longestTimerMs } from "../time/clock.ts";
import { InvalidOptionError } from "./errors.ts";
import type { CircuitPolicy, Policy } from "./policy.ts";

interface Rule {
  readonly allows: (value: unknown) => boolean;
  readonly expectation: string;
}

const isTime = (value: unknown): boolean =>
  typeof value === "number" && value >= 0 && value <= longestTimerMs;

const time: Rule = {
  allows: (value) => isTime(value) && value !== 0,
  expectation: "it is a number of milliseconds above 0 and below 2^31 (24.8 days)",
};

const count: Rule = {
  allows: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  expectation: "it is an integer from 1",
};

const rules: Readonly<Record<Exclude<keyof Policy, "circuit">, Rule>> = {
  idempotent: { allows: (value) => typeof value === "boolean", expectation: "it is true or false" },
  timeoutMs: time,
  idleTimeoutMs: time,
  deadlineMs: time,
  maxAttempts: count,
  attemptsPerItem: count,
  waitMs: {
    allows: isTime,
    expectation: "it is a number of milliseconds from 0 and below 2^31 (24.8 days)",
  },
  classify: { allows: (value) => typeof value === "function", expectation: "it is a function of an error" },
};

const circuitRules: Readonly<Record<keyof CircuitPolicy, Rule>> = {
  failures: count,
  coolingMs: time,
  maxCoolingMs: time,
};

/**
 * A field of a policy, if it is in range.
 *
 * @param where what stands before the name in an error: `policy.` in a definition, nothing for an option of a call
 * @throws InvalidOptionError
 */
export const checked = <T>(name: keyof typeof rules, value: T, where: string): T =>
  follow(rules[name], where + name, value);

/** The same of a field of a circuit policy. */
export const checkedCircuit = (name: keyof CircuitPolicy, value: number, where: string): number =>
  follow(circuitRules[name], `${where}circuit.${name}`, value);

function follow<T>(rule: Rule, option: string, value: T): T {
  if (rule.allows(value)) return value;
  throw new InvalidOptionError(option, value, rule.expectation);
}

import { checked, checkedCircuit } from "./check-policy.ts";
import { InvalidOptionError } from "./errors.ts";
import { checkKnown, type OptionNames } from "./known-options.ts";
import type { CircuitPolicy, Policy, ResolvedCircuitPolicy, ResolvedPolicy } from "./policy.ts";

/** The fields of a policy, which are options of a call, too. */
export const policyNames: OptionNames<Policy> = {
  idempotent: true,
  timeoutMs: true,
  idleTimeoutMs: true,
  deadlineMs: true,
  maxAttempts: true,
  attemptsPerItem: true,
  waitMs: true,
  circuit: true,
  classify: true,
};

const circuitNames: OptionNames<CircuitPolicy> = { failures: true, coolingMs: true, maxCoolingMs: true };

const defaultCircuit: ResolvedCircuitPolicy = Object.freeze({
  failures: 5,
  coolingMs: 30_000,
  maxCoolingMs: 300_000,
});

const defaultPolicy: ResolvedPolicy = Object.freeze({
  idempotent: false,
  timeoutMs: undefined,
  idleTimeoutMs: undefined,
  deadlineMs: undefined,
  maxAttempts: 5,
  attemptsPerItem: 1,
  waitMs: 0,
  circuit: defaultCircuit,
  classify: undefined,
});

/**
 * The policy of a type, from what it was defined with. Frozen.
 *
 * @throws UnknownOptionError, InvalidOptionError
 */
export function definePolicy(policy: Policy | undefined): ResolvedPolicy {
  if (policy === undefined) return defaultPolicy;
  if (!isObject(policy)) throw new InvalidOptionError("policy", policy, "it is an object");
  checkKnown("policy", policy, policyNames);
  return Object.freeze(over(defaultPolicy, policy, "policy."));
}

/**
 * How one call goes: by its own options, and where it has none by its type's policy. Options that are no part of a
 * policy are for the caller to look at. Costs nothing where there are none.
 *
 * @throws UnknownOptionError, InvalidOptionError: named as the call's option
 */
export const resolvePolicy = (policy: ResolvedPolicy, options?: Policy): ResolvedPolicy =>
  options === undefined ? policy : over(policy, options, "");

/** Each field is read once, by its name, and written out: this is on the way of every call that has options. */
function over(base: ResolvedPolicy, given: Policy, where: string): ResolvedPolicy {
  const { idempotent, timeoutMs, idleTimeoutMs, deadlineMs, maxAttempts } = given;
  const { attemptsPerItem, waitMs, circuit, classify } = given;
  return {
    idempotent: idempotent === undefined ? base.idempotent : checked("idempotent", idempotent, where),
    timeoutMs: timeoutMs === undefined ? base.timeoutMs : checked("timeoutMs", timeoutMs, where),
    idleTimeoutMs:
      idleTimeoutMs === undefined ? base.idleTimeoutMs : checked("idleTimeoutMs", idleTimeoutMs, where),
    deadlineMs: deadlineMs === undefined ? base.deadlineMs : checked("deadlineMs", deadlineMs, where),
    maxAttempts: maxAttempts === undefined ? base.maxAttempts : checked("maxAttempts", maxAttempts, where),
    attemptsPerItem:
      attemptsPerItem === undefined
        ? base.attemptsPerItem
        : checked("attemptsPerItem", attemptsPerItem, where),
    waitMs: waitMs === undefined ? base.waitMs : checked("waitMs", waitMs, where),
    circuit: circuit === undefined ? base.circuit : circuitOver(base.circuit, circuit, where),
    classify: classify === undefined ? base.classify : checked("classify", classify, where),
  };
}

function circuitOver(
  base: ResolvedCircuitPolicy | false,
  circuit: CircuitPolicy | false,
  where: string,
): ResolvedCircuitPolicy | false {
  if (circuit === false) return false;
  if (!isObject(circuit))
    throw new InvalidOptionError(`${where}circuit`, circuit, "it is an object, or false");
  checkKnown(`${where}circuit`, circuit, circuitNames);
  const { failures, coolingMs, maxCoolingMs } = circuit;
  const own = { ...(base || defaultCircuit) };
  if (failures !== undefined) own.failures = checkedCircuit("failures", failures, where);
  if (coolingMs !== undefined) own.coolingMs = checkedCircuit("coolingMs", coolingMs, where);
  if (maxCoolingMs === undefined) own.maxCoolingMs = Math.max(own.maxCoolingMs, own.coolingMs);
  else own.maxCoolingMs = checkedCircuit("maxCoolingMs", maxCoolingMs, where);
  if (own.maxCoolingMs < own.coolingMs) {
    throw new InvalidOptionError(
      `${where}circuit.maxCoolingMs`,
      maxCoolingMs,
      `it is at least coolingMs, which is ${own.coolingMs}`,
    );
  }
  return Object.freeze(own);
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

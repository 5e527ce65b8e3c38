/**
 * What became of an attempt that did not succeed. It decides how the run goes on, and what it means for the item:
 *
 * | outcome | the run | the item |
 * | --- | --- | --- |
 * | `"retryable"` | goes on | a failure |
 * | `"unsuitable"`: this item cannot do this one | goes on to another item | nothing |
 * | `"rejected"`: wrong wherever it goes | ends with that error | nothing |
 * | `"ambiguous"`: it may have taken effect | goes on if the call is idempotent, else ends with `OutcomeUnknownError` | a failure |
 * | `"unauthorized"` | goes on | put aside until its config changes or an operator releases it |
 * | `{ exhausted: ms }` | goes on, or waits within `waitMs` | put aside for so many milliseconds |
 */
export type Outcome =
  | "retryable"
  | "unsuitable"
  | "rejected"
  | "ambiguous"
  | "unauthorized"
  | {
      /** After how many milliseconds the item may be called again: 0 or above, and 24.8 days at most. */
      readonly exhausted: number;
    };

/** When an item is put aside because calls of it fail, and for how long. */
export interface CircuitPolicy {
  /** After how many failures in a row the item is put aside: an integer from 1. Default 5. */
  readonly failures?: number | undefined;
  /**
   * For how long, in milliseconds, above 0. Then one call tries it. Each time in a row that it fails doubles this;
   * ten such times without an opening halve it again. Default 30,000.
   */
  readonly coolingMs?: number | undefined;
  /** What doubling ends at, in milliseconds: `coolingMs` at least. Default 300,000, or `coolingMs` where that is longer. */
  readonly maxCoolingMs?: number | undefined;
}

/**
 * How calls of a plugin type go, through `run` and its relatives. A call's options win over it, field by field.
 * All times are in milliseconds, and at most 2^31 - 1 (24.8 days).
 *
 * What is out of range is refused where it is given: with an `InvalidOptionError`, an unknown name with an
 * `UnknownOptionError`.
 *
 * @example
 * const payment = definePluginType<PaymentGateway>({
 *   name: "payment",
 *   manager: "apps/payment",
 *   methods: { charge: "required" },
 *   policy: { timeoutMs: 10_000, circuit: { failures: 3 } },   // not idempotent: no order is charged twice
 * });
 * const otp = definePluginType<OtpSender>({
 *   name: "otp",
 *   manager: "apps/otp",
 *   methods: { sendOtp: "required" },
 *   policy: { idempotent: true, timeoutMs: 5_000 },            // rather two messages than none
 * });
 */
export interface Policy {
  /**
   * Whether a call may be made again when nobody knows if it took effect, such as after a time-out. Default `false`:
   * the run then ends with an `OutcomeUnknownError`.
   */
  readonly idempotent?: boolean | undefined;
  /** The time of each attempt, above 0. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** The time of each attempt from its start or its last `progress()`, above 0. Default: no limit. */
  readonly idleTimeoutMs?: number | undefined;
  /** The time of all attempts together, above 0. Default: no limit. */
  readonly deadlineMs?: number | undefined;
  /** How many attempts a call has, over all items: an integer from 1. Default 5. */
  readonly maxAttempts?: number | undefined;
  /**
   * How many of them at the same item in a row: an integer from 1. Between them are random waits of up to 100 ms, which
   * double to 2 s. Default 1.
   */
  readonly attemptsPerItem?: number | undefined;
  /** How long a call may wait for an item that said when to come again, before it goes on to the next one: from 0. Default 0. */
  readonly waitMs?: number | undefined;
  /** When an item that fails is put aside, and for how long. `false`: never. */
  readonly circuit?: CircuitPolicy | false | undefined;
  /**
   * Says what an error means; `undefined` leaves it to `classifyError`. It gets the error as it was thrown, which may
   * tell secrets. It is synchronous. One that throws, or answers anything else, counts as `"retryable"`, and is
   * warned of once.
   *
   * @example
   * classify: (error) => (error instanceof CardDeclined ? "rejected" : undefined)
   */
  readonly classify?: ((error: unknown) => Outcome | undefined) | undefined;
}

/** A policy with the defaults for what was left out. */
export interface ResolvedPolicy extends Policy {
  /** See `Policy`. */
  readonly idempotent: boolean;
  /** See `Policy`. */
  readonly maxAttempts: number;
  /** See `Policy`. */
  readonly attemptsPerItem: number;
  /** See `Policy`. */
  readonly waitMs: number;
  /** See `Policy`. */
  readonly circuit: ResolvedCircuitPolicy | false;
}

/** A circuit policy with the defaults for what was left out. */
export interface ResolvedCircuitPolicy {
  /** See `CircuitPolicy`. */
  readonly failures: number;
  /** See `CircuitPolicy`. */
  readonly coolingMs: number;
  /** See `CircuitPolicy`. */
  readonly maxCoolingMs: number;
}

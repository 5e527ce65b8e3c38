import { describeFirst, describeType, itemLabel, preview } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/**
 * Every candidate that `run` tried failed. `errors` holds what each threw, in the order of the attempts; `cause` is
 * the last of them, or the `SelectorError` that ended the run, if the selector failed after the first attempt.
 */
export class AllPluginsFailedError extends PlugbayError {
  static override readonly errorName = "AllPluginsFailedError";
  override readonly name = AllPluginsFailedError.errorName;
  readonly code = "ALL_PLUGINS_FAILED";
  readonly kind = "failed";
  /** The plugin type. */
  readonly type: TypeIdentity;
  /** What each attempt threw, in the order of the attempts, with the item that was tried. */
  readonly errors: readonly { readonly item: PluginItem; readonly error: unknown }[];
  constructor(
    type: TypeIdentity,
    errors: readonly { readonly item: PluginItem; readonly error: unknown }[],
    selectorError?: unknown,
  ) {
    const reasons = describeFirst(
      errors,
      "; ",
      ({ item, error }) => `${itemLabel(item)}: ${messageOf(error)}`,
    );
    super(
      selectorError === undefined
        ? `every plugin of ${describeType(type)} failed: ${reasons}`
        : `every plugin of ${describeType(type)} that was tried failed: ` +
            `${reasons}; then ${messageOf(selectorError)}`,
      { cause: selectorError ?? errors.at(-1)?.error },
    );
    this.type = type;
    this.errors = errors;
  }
}

/**
 * A limit of plugbay's own ended an attempt, or a whole run: `limit` says which. Whether the attempt took effect is not
 * known, so it counts as ambiguous.
 */
export class RunTimeoutError extends PlugbayError {
  static override readonly errorName = "RunTimeoutError";
  override readonly name = RunTimeoutError.errorName;
  readonly code = "RUN_TIMEOUT";
  readonly kind = "timeout";
  /** The id of the item that was tried; undefined where the time ended between two attempts. */
  readonly itemId: string | undefined;
  /** Which limit it was. */
  readonly limit: "timeoutMs" | "idleTimeoutMs" | "deadlineMs";
  /** That limit, in milliseconds. */
  readonly limitMs: number;
  constructor(
    item: PluginItem | undefined,
    limit: RunTimeoutError["limit"],
    limitMs: number,
    cause?: unknown,
  ) {
    const who = item === undefined ? "what was left to try" : itemLabel(item);
    const what = {
      timeoutMs: `did not finish within ${limitMs} ms`,
      idleTimeoutMs: `showed no progress for ${limitMs} ms`,
      deadlineMs: `did not finish before the run's deadline of ${limitMs} ms`,
    }[limit];
    super(`${who} ${what} (${limit})`, cause === undefined ? undefined : { cause });
    this.itemId = item?.id;
    this.limit = limit;
    this.limitMs = limitMs;
  }
}

/**
 * A call may have taken effect, and nobody knows: its time was up, or its connection broke after the request was sent.
 * It was not made again, for its type is not idempotent. `cause` is what ended the attempt.
 */
export class OutcomeUnknownError extends PlugbayError {
  static override readonly errorName = "OutcomeUnknownError";
  override readonly name = OutcomeUnknownError.errorName;
  readonly code = "OUTCOME_UNKNOWN";
  readonly kind = "failed";
  /** The plugin type. */
  readonly type: TypeIdentity;
  /** The id of the item whose call it was. */
  readonly itemId: string;
  /** What `plugbay.report` takes, once it is known what became of the call. */
  readonly receipt: string;
  constructor(type: TypeIdentity, item: PluginItem, receipt: string, cause: unknown) {
    super(
      `it is unknown whether the call of ${itemLabel(item)} took effect: ${messageOf(cause)}. ` +
        `It was not made again. If calls of ${describeType(type)} may be made twice, set "idempotent: true" in the ` +
        `type's policy or for the call; if this error means that nothing took effect, let "classify" answer "retryable"`,
      { cause },
    );
    this.type = type;
    this.itemId = item.id;
    this.receipt = receipt;
  }
}

/** A `service` was asked for an optional method that no item's implementation has. */
export class MethodNotImplementedError extends PlugbayError {
  static override readonly errorName = "MethodNotImplementedError";
  override readonly name = MethodNotImplementedError.errorName;
  readonly code = "METHOD_NOT_IMPLEMENTED";
  readonly kind = "failed";
  /** The method. */
  readonly method: string;
  constructor(type: TypeIdentity, item: PluginItem, method: string) {
    super(`${itemLabel(item)} has no method "${method}", which is optional for ${describeType(type)}`);
    this.method = method;
  }
}

const receiptProblems = {
  malformed: "it is not a receipt, or was damaged on its way",
  foreign: "it is of another application, or of another namespace",
  gone: "its item no longer exists",
  changed: "the config of its item has changed since",
} as const;

/** A receipt that `report` was given belongs to no item; `reason` says why. */
export class InvalidReceiptError extends PlugbayError {
  static override readonly errorName = "InvalidReceiptError";
  override readonly name = InvalidReceiptError.errorName;
  readonly code = "INVALID_RECEIPT";
  readonly kind = "invalid";
  /** What was given. */
  readonly receipt: unknown;
  /**
   * - `malformed`: it is not a receipt, or was damaged on its way.
   * - `foreign`: it is of another application, or of another namespace.
   * - `gone`: its item no longer exists.
   * - `changed`: the config of its item has changed since.
   */
  readonly reason: keyof typeof receiptProblems;
  /** The id of the item that it is of; undefined where it cannot be read. */
  readonly itemId: string | undefined;
  constructor(receipt: unknown, reason: keyof typeof receiptProblems, itemId?: string) {
    super(`receipt ${preview(receipt)} belongs to no item: ${receiptProblems[reason]}`);
    this.receipt = receipt;
    this.reason = reason;
    this.itemId = itemId;
  }
}

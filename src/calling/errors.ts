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

/** An attempt of `run` took longer than its `timeoutMs`. */
export class RunTimeoutError extends PlugbayError {
  static override readonly errorName = "RunTimeoutError";
  override readonly name = RunTimeoutError.errorName;
  readonly code = "RUN_TIMEOUT";
  readonly kind = "timeout";
  /** The id of the item that was tried. */
  readonly itemId: string;
  /** The time that the attempt had, in milliseconds. */
  readonly timeoutMs: number;
  constructor(item: PluginItem, timeoutMs: number) {
    super(`${itemLabel(item)} did not finish within ${timeoutMs} ms`);
    this.itemId = item.id;
    this.timeoutMs = timeoutMs;
  }
}

const receiptProblems = {
  malformed: "it is no receipt, or was garbled on its way",
  foreign: "it is of another application, or of another namespace",
  gone: "its item is not there any more",
  changed: "the config of its item has changed since",
} as const;

/** A receipt that `report` was given counts for no item; `reason` says why. */
export class InvalidReceiptError extends PlugbayError {
  static override readonly errorName = "InvalidReceiptError";
  override readonly name = InvalidReceiptError.errorName;
  readonly code = "INVALID_RECEIPT";
  readonly kind = "invalid";
  /** What was given. */
  readonly receipt: unknown;
  /**
   * - `malformed`: it is no receipt, or was garbled on its way.
   * - `foreign`: it is of another application, or of another namespace.
   * - `gone`: its item is not there any more.
   * - `changed`: the config of its item has changed since.
   */
  readonly reason: keyof typeof receiptProblems;
  /** The id of the item that it is of; undefined where it cannot be read. */
  readonly itemId: string | undefined;
  constructor(receipt: unknown, reason: keyof typeof receiptProblems, itemId?: string) {
    super(`receipt ${preview(receipt)} counts for no item: ${receiptProblems[reason]}`);
    this.receipt = receipt;
    this.reason = reason;
    this.itemId = itemId;
  }
}

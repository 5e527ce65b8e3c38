import { describeType } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { PlugbayError } from "../errors.ts";

/** A custom selector threw, or returned an item that is not a candidate. */
export class SelectorError extends PlugbayError {
  static override readonly errorName = "SelectorError";
  override readonly name = SelectorError.errorName;
  readonly code = "SELECTOR_FAILED";
  readonly kind = "failed";
  /** The plugin type whose selector it is. */
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity, problem: string, cause?: unknown) {
    super(`the selector of ${describeType(type)} ${problem}`, { cause });
    this.type = type;
  }
}

import { PlugbayError } from "../errors.ts";

/** The keys of secrets are not written as they must be. The message never tells a key. */
export class InvalidKeysError extends PlugbayError {
  static override readonly errorName = "InvalidKeysError";
  override readonly name = InvalidKeysError.errorName;
  readonly code = "INVALID_KEYS";
  readonly kind = "invalid";
  constructor(problem: string) {
    super(
      `PLUGBAY_KEYS, or the option "keys", cannot be used: ${problem}; make a key with: npx plugbay keys generate`,
    );
  }
}

/** A secret was to be saved, and there is no key to encrypt it with. Nothing was saved. */
export class NoKeyError extends PlugbayError {
  static override readonly errorName = "NoKeyError";
  override readonly name = NoKeyError.errorName;
  readonly code = "NO_KEY";
  readonly kind = "conflict";
  /** The field of the config, where it is about one. */
  readonly field: string | undefined;
  constructor(field?: string) {
    super(
      `there is no key for secrets${field === undefined ? "" : `, so "${field}" was not saved`}; ` +
        `make one with "npx plugbay keys generate" and set it as PLUGBAY_KEYS, or as the option "keys"`,
    );
    this.field = field;
  }
}

/** A stored secret cannot be decrypted. */
export class UnreadableSecretError extends PlugbayError {
  static override readonly errorName = "UnreadableSecretError";
  override readonly name = UnreadableSecretError.errorName;
  readonly code = "UNREADABLE_SECRET";
  readonly kind = "failed";
  /** The field of the config. */
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`the secret ${problem}; enter it again, or see: npx plugbay keys check`);
    this.field = field;
  }
}

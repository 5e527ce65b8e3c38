/** An instance in use by a `run`. */
export interface Lease {
  readonly instance: object;
  /** The secrets that it was made with, to be kept out of messages. */
  readonly secrets: readonly string[];
  /** Notes how a call of this instance went; failures in a row put its item aside for a while. */
  report(succeeded: boolean): void;
  release(): void;
}

import type { Access } from "../access.ts";
import { retry } from "../retry.ts";
import type { TransactionWork } from "./transaction-work.ts";

interface Certainty<T> {
  readonly work: TransactionWork<T>;
  /** Is called before each attempt. */
  readonly begin: () => void;
  readonly isRepeatable: (error: unknown) => boolean;
  /** Whether what the work has written is there; undefined where that cannot be found out. */
  readonly look: () => Promise<boolean | undefined>;
  readonly unknown: (error: unknown) => Error;
  /** The error of what was repeated until the time for it was over. */
  readonly blocked: (error: unknown) => Error;
}

/**
 * Writes, once, and knows in the end whether it did. What loses against other transactions is run again, but never before
 * it is certain that nothing of it is there: the answer to a commit may have been lost. An error that is thrown is the
 * first one, and by it nothing was written.
 */
export function writeForCertain<T>(
  access: Access,
  { work, begin, isRepeatable, look, unknown, blocked }: Certainty<T>,
): Promise<T> {
  const write = async (): Promise<T> => {
    begin();
    const outcome = await access.write(work);
    if (outcome.kind === "committed") return outcome.value;
    if (outcome.kind === "failed") throw outcome.error;
    const isThere = await look();
    if (isThere === undefined) throw unknown(outcome.error);
    if (isThere) return outcome.value;
    throw outcome.error;
  };
  return retry(write, isRepeatable, work.lockWait.nextMs).catch((error: unknown) => {
    throw isRepeatable(error) ? blocked(error) : error;
  });
}

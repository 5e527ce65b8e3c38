import type { ItemRow } from "../../store/rows.ts";
import { GivenUp } from "../../store/writing/given-up.ts";
import { ConflictError } from "../errors.ts";
import type { Writer } from "./writer.ts";

/** Thrown inside a transaction when a row is no longer as it was when the change was prepared. */
export class ChangedMeanwhile extends GivenUp {
  readonly row: ItemRow;
  constructor(row: ItemRow) {
    super("the item has been changed since");
    this.row = row;
  }
}

const maxAttempts = 5;

/**
 * Prepares a change and writes it, and does both anew when somebody else was faster.
 *
 * @throws ConflictError where that happens each time; whatever `attempt` throws but `ChangedMeanwhile`
 */
export async function retryWhenChanged<T>(
  writer: Writer,
  attempt: (count: number) => Promise<T>,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(count);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      if (count < maxAttempts) continue;
      const problem = "is being changed by others at this moment; try again";
      throw new ConflictError([writer.toItem(error.row)], undefined, problem);
    }
  }
}

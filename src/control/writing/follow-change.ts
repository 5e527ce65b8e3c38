import { NoConnectionError } from "../../store/errors.ts";
import { warn } from "../../warn.ts";
import type { View } from "../view.ts";

/**
 * Has this process serve by a change that was made. Where it cannot, that is no failure of the change: a database
 * that is lost right after it shows in the state, and a process that has closed plugbay serves nothing.
 */
export async function followChange(view: Pick<View, "state">, follow: () => Promise<void>): Promise<void> {
  await follow().catch((error: unknown) => {
    const { kind } = view.state;
    if (kind === "stale" || kind === "closed" || error instanceof NoConnectionError) return;
    warn("a change was made, and this process does not serve by it yet", error);
  });
}

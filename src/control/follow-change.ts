import { NoConnectionError } from "../store/errors.ts";
import { warn } from "../warn.ts";
import type { Plane } from "./plane.ts";

/**
 * Has this process serve by a change that was made. Where it cannot, that is no failure of the change: a database
 * that is lost right after it shows in the plane's state, and a plane that is closed serves nothing.
 */
export async function followChange(plane: Pick<Plane, "state">, follow: () => Promise<void>): Promise<void> {
  await follow().catch((error: unknown) => {
    const { kind } = plane.state;
    if (kind === "stale" || kind === "closed" || error instanceof NoConnectionError) return;
    warn("a change was made, and this process does not serve by it yet", error);
  });
}

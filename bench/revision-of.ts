import type { Plugbay } from "plugbay";

/** The revision that this process serves. */
export function revisionOf({ state }: Plugbay): number {
  if (state.kind === "closed") throw new Error("plugbay is closed");
  return state.revision;
}

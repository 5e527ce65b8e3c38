import type { ProcessList } from "../../../../src/admin/contract/contract.ts";

/** How a process stands to the latest revision. */
export type Freshness =
  | { readonly kind: "current" }
  | { readonly kind: "behind"; readonly by: number }
  /** It has said nothing since the latest change, so nobody knows. */
  | { readonly kind: "unheard" };

/** Reading a change takes a moment, and clocks of hosts are a little apart. */
const graceMs = 2_000;

/**
 * Processes say every 15 seconds which revision they are at: one that has not said so since the latest
 * change is not behind for that.
 */
export function freshnessOf(
  process: ProcessList["processes"][number],
  latest: number,
  lastChangeAt: string | undefined,
): Freshness {
  // The latest revision is the one that the answering process is at itself.
  if (process.isThis || process.revision >= latest) return { kind: "current" };
  const hasSpoken =
    lastChangeAt === undefined || Date.parse(process.seenAt) > Date.parse(lastChangeAt) + graceMs;
  return hasSpoken ? { kind: "behind", by: latest - process.revision } : { kind: "unheard" };
}

import { count, type Of, object, oneOf, optional, text, time } from "./schema.ts";
import { readinessKind } from "./words.ts";

/** What the process that answers found about an item. */
export type ReadinessInfo = Of<typeof ReadinessInfo>;
export const ReadinessInfo = object(
  {
    kind: readinessKind(),
    error: optional(
      text({ description: "Why it failed, or what its last call failed with. Tells no secret." }),
    ),
    reason: optional(
      oneOf(["circuit", "unauthorized", "exhausted"], { description: "Why a cooling one gets no calls." }),
    ),
    failures: optional(
      object(
        { count: count(), at: time() },
        { description: "How many calls of a cooling one failed in a row, and when the last did." },
      ),
    ),
    until: optional(
      time({
        description:
          "When a failed item is tried again, or a cooling or held one is used again; a held one may have no such time.",
      }),
    ),
  },
  { title: "ReadinessInfo" },
);

import { gravities, mends } from "../../seeing/attention/attention-entry.ts";
import { endpoint } from "./endpoint.ts";
import { count, id, integer, list, type Of, object, oneOf, optional, text, time } from "./schema.ts";
import { ItemName } from "./words.ts";

const AttentionDetails = object(
  {
    causes: optional(list(text(), { description: "The last errors, without secrets; at most 20." })),
    names: optional(
      list(text(), {
        description: "Items, versions with the number of their processes, or migrations; at most 20.",
      }),
    ),
    count: optional(
      count({ description: "How many these are in all; of keys, how many items have secrets under it." }),
    ),
    keyId: optional(text()),
    process: optional(text({ description: "By its host, its number there and the application's version." })),
    version: optional(text({ description: "That processes have in common." })),
    revision: optional(integer({ description: "That a process serves by." })),
    newest: optional(integer({ description: "The newest revision." })),
    until: optional(time({ description: "When a hold or lead ends." })),
    by: optional(text({ description: "Who made the hold, or gave the lead." })),
  },
  {
    title: "AttentionDetails",
    description: "What `message` is made of, beside the type, the item and the place.",
  },
);

const AttentionInfo = object(
  {
    key: text({ description: "Tells entries apart; the same for as long as it is the same trouble." }),
    code: text({ description: "What kind of entry it is, such as `unserved` or `item-circuit`." }),
    gravity: oneOf(gravities),
    type: optional(object({ id: id(), manager: text(), name: text() })),
    item: optional(ItemName),
    message: text({ description: "What is the matter, in English." }),
    fix: text({ description: "What to do about it, in English." }),
    details: AttentionDetails,
    mend: object(
      {
        code: oneOf(mends, { description: "Which of the ways to mend it." }),
        command: optional(text({ description: "The command that does it, or shows more." })),
      },
      { title: "AttentionMend", description: "What `fix` is made of." },
    ),
    since: time(),
    times: integer({ minimum: 1, description: "How many times it has begun since then." }),
    where: optional(
      object(
        {
          processes: count({ description: "In how many of the application's processes." }),
          of: count({ description: "Of how many that run." }),
          ids: list(text(), { description: "At most 20." }),
          hosts: list(text(), { description: "At most 20." }),
        },
        { title: "AttentionPlace" },
      ),
    ),
  },
  { title: "AttentionInfo" },
);

export type AttentionList = Of<typeof AttentionList>;
export const AttentionList = object(
  { entries: list(AttentionInfo, { description: "The gravest first; at most 1,000." }) },
  { title: "AttentionList" },
);

export const listAttention = endpoint({
  method: "GET",
  path: "/attention",
  summary: "What an operator should look at now",
  answer: AttentionList,
});

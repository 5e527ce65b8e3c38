import { gravities } from "../../seeing/attention/attention-entry.ts";
import { endpoint } from "./endpoint.ts";
import { count, id, integer, list, type Of, object, oneOf, optional, text, time } from "./schema.ts";
import { ItemName } from "./words.ts";

const AttentionInfo = object(
  {
    key: text({ description: "Tells entries apart; the same for as long as it is the same trouble." }),
    code: text({ description: "What kind of entry it is, such as `unserved` or `item-circuit`." }),
    gravity: oneOf(gravities),
    type: optional(object({ id: id(), manager: text(), name: text() })),
    item: optional(ItemName),
    message: text(),
    fix: text({ description: "What to do about it." }),
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

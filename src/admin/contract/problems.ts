import { ItemInfo } from "./items.ts";
import { integer, list, type Of, object, optional, text } from "./schema.ts";
import { IssueInfo } from "./words.ts";

/** RFC 9457; the type is `about:blank`'s sibling `urn:plugbay:<code>`. */
export type Problem = Of<typeof Problem>;
export const Problem = object(
  {
    type: text(),
    title: text(),
    status: integer(),
    detail: text(),
    instance: optional(
      text({ description: "For 500: `urn:uuid:` and the id that the warning in the server's log has." }),
    ),
    code: text({
      description: "The error's code, as in the documentation: CONFLICT, FORBIDDEN, INVALID_INPUT, ...",
    }),
    current: optional(list(ItemInfo, { description: "For 409: the items as they are now." })),
    issues: optional(
      list(IssueInfo, {
        description:
          "For 400: where the input is wrong. For the code INVALID_CONFIG, the paths lead into the config: /smtp/port.",
      }),
    ),
  },
  { title: "Problem" },
);

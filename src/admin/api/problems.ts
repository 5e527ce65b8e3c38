import type { IssueInfo } from "./issue.ts";
import type { ItemInfo } from "./items.ts";

/** RFC 9457; the type is `about:blank`'s sibling `urn:plugbay:<code>`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The error's code, as in the documentation: `CONFLICT`, `FORBIDDEN`, `INVALID_INPUT`, ... */
  readonly code: string;
  /** For 409: the items as they are now. */
  readonly current?: readonly ItemInfo[];
  /**
   * For 400: where the input is wrong, `path` being a JSON pointer. For the code INVALID_CONFIG it leads into
   * the config: `/smtp/port`, or `""` for all of it.
   */
  readonly issues?: readonly IssueInfo[];
}

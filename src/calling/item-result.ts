import type { PluginItem } from "../definition/plugin-item.ts";

/** What became of one item's call of `runAll`. */
export type ItemResult<R> =
  | {
      /** The item. */
      readonly item: PluginItem;
      /** It succeeded. */
      readonly status: "fulfilled";
      /** What the task gave. */
      readonly value: R;
    }
  | {
      /** The item. */
      readonly item: PluginItem;
      /** It failed. */
      readonly status: "rejected";
      /** What the last attempt at this item failed with: without secrets, but for an error that is `"rejected"`, as in `run`. */
      readonly reason: unknown;
    };

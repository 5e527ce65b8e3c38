import type { PluginItem } from "../definition/plugin-item.ts";

/** What a run has that does not succeed at once, or is asked for its id. */
export class RunHistory {
  runId: string | undefined = undefined;
  /** The ids of the items that are not tried any more. */
  tried: Set<string> | undefined = undefined;
  readonly errors: { readonly item: PluginItem; readonly error: unknown }[] = [];
  /** The items that were asked for a key, by the order of that. */
  readonly order: string[] = [];
  /** How long all waits for items took so far, in milliseconds. */
  waitedMs = 0;
  cancelPause: (() => void) | undefined = undefined;
}

import type { PluginItem } from "./plugin-item.ts";

/** What a plugin is made from. */
export interface CreateContext<Config> {
  /** The item's config, parsed by the plugin's schema; `undefined` without a schema. */
  readonly config: Config;
  /** The item that the implementation is for. */
  readonly item: PluginItem;
  /** Aborted when the time limit of preparation has passed, and when the instance is ended or plugbay closes. */
  readonly signal: AbortSignal;
}

/** What a plugin's `check` is told. */
export interface CheckContext<Config, T extends object = object> {
  /**
   * The config to be tried, parsed by the plugin's schema; it need not be saved, and its item need not exist.
   * `undefined` without a schema.
   */
  readonly config: Config;
  /** What serves by that config, where this process has it: not for a config that is not saved, or a transient plugin. */
  readonly instance?: T | undefined;
  /** Aborted when the time limit of the check has passed or plugbay closes. */
  readonly signal: AbortSignal;
}

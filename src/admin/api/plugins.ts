import type { JsonValue } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";

/** GET types/:typeId/plugins */
export interface PluginList {
  /** By module and name. */
  readonly plugins: readonly PluginInfo[];
}

/** A plugin of this process that takes configs, and so may have several items. */
export interface PluginInfo {
  readonly module: string;
  readonly name: string;
  readonly description: string;
  /** What a new item starts with. */
  readonly status: Status;
  readonly priority: number;
  /** The JSON Schema of a config as it is sent, draft 2020-12 or draft-07; null where there is none. */
  readonly schema: object | null;
  /** The fields that are secrets, such as `smtp.password`. */
  readonly secrets: readonly string[];
  /** Whether it can say if a config works. */
  readonly checkable: boolean;
}

/** POST types/:typeId/check: tries whether a config works. Changes nothing, but takes the right to write. */
export interface CheckRequest {
  readonly module: string;
  readonly name: string;
  /** The item whose config it is: secrets that are left out, `""` or as they were shown are taken from it. */
  readonly itemId?: string;
  /** Default: the item's; `{}` without an item. */
  readonly config?: JsonValue;
}

/** Answer to POST types/:typeId/check. */
export interface CheckResult {
  /** Whether it works. */
  readonly ok: boolean;
  /** What the plugin says of it, or why it does not work, without secrets. */
  readonly message: string | null;
  readonly durationMs: number;
}

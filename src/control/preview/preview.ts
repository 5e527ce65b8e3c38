import type { TypeIdentity } from "../../definition/identity.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";

/**
 * What a change does to the calls of a type:
 * - `unserved`: nothing would serve it any more. `served`: something would, and nothing does now.
 * - `switched`: another item would serve.
 * - `same`: what serves, or that nothing does, would stay as it is.
 * - `unknown`: the type's own selector decides, and does not say without its arguments.
 */
export type PreviewEffect = "unserved" | "switched" | "served" | "same" | "unknown";

/** What a change would do to a type. */
export interface TypePreview {
  /** The id of the type. */
  readonly typeId: string;
  /** The type. */
  readonly type: TypeIdentity;
  /** How many of its items would not stay as they are. */
  readonly changed: number;
  /** What that does to its calls. */
  readonly effect: PreviewEffect;
  /** The item that serves it now; null where none does, or that is unknown. */
  readonly before: PluginItem | null;
  /** The item that would serve it, as it would be; null where none would, or that is unknown. */
  readonly after: PluginItem | null;
  /** Whether that item has yet to show that it works: it was out of use so far, or would get another config. */
  readonly isUntried: boolean;
}

/** What a change would do, before it is made. */
export interface Preview {
  /** How many items would not stay as they are. */
  readonly changed: number;
  /**
   * The types that these items are of, at most 100: first those that nothing would serve any more, then those that
   * another item would serve, and the rest.
   */
  readonly types: readonly TypePreview[];
  /** How many types there are by each effect, those that are left out included. */
  readonly effects: Readonly<Record<PreviewEffect, number>>;
}

/** From the gravest. */
export const previewEffects = [
  "unserved",
  "switched",
  "unknown",
  "served",
  "same",
] as const satisfies readonly PreviewEffect[];

import type { TypeIdentity } from "../../definition/identity.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";

/** How soon somebody should look, the gravest first. */
export const gravities = ["critical", "warning", "info"] as const;

/**
 * How grave an entry is. `critical`: calls fail, or are about to. `warning`: calls succeed, but not as was chosen, or
 * one more fault makes them fail. `info`: good to know, and may be what somebody wants.
 */
export type Gravity = (typeof gravities)[number];

/**
 * What an entry tells, as scripts tell it apart:
 * - Of a type: `unserved`: nothing serves it. `last-resort`: what serves it is put aside or fails its checks, because
 *   nothing better is left. `on-reserve`: no active item serves. `lower-choice`: not the first of its active items.
 * - Of an item: `item-failed`: it cannot be made ready, or fails its checks.
 *   `item-circuit`: its calls fail. `item-unauthorized`: its credentials were refused. `item-exhausted`: its provider
 *   said when to come again. `item-missing`: processes do not have its plugin. `hold-ending`: it comes back within an
 *   hour. `key-lost`: secrets of its config cannot be read. `key-old`: they are encrypted with an earlier key.
 * - Of processes: `process-behind`: one does not follow. `process-silent`: one was not heard of. `versions-differ`,
 *   `registries-differ`: they run different code.
 * - Of the database: `migrations-pending`.
 */
export type AttentionCode =
  | "unserved"
  | "last-resort"
  | "on-reserve"
  | "lower-choice"
  | "item-failed"
  | "item-circuit"
  | "item-unauthorized"
  | "item-exhausted"
  | "item-missing"
  | "hold-ending"
  | "key-lost"
  | "key-old"
  | "process-behind"
  | "process-silent"
  | "versions-differ"
  | "registries-differ"
  | "migrations-pending";

/** Where something is seen. */
export interface AttentionPlace {
  /** In how many of the application's processes. */
  readonly processes: number;
  /** Of how many that run. */
  readonly of: number;
  /** The ids of the processes; at most 20. */
  readonly ids: readonly string[];
  /** Their hosts; at most 20. */
  readonly hosts: readonly string[];
}

/** One thing that an operator should look at. It ends by itself once it is mended. Texts tell no secrets. */
export interface AttentionEntry {
  /** Tells entries apart; the same for as long as it is the same trouble. */
  readonly key: string;
  /** What kind of entry it is. */
  readonly code: AttentionCode;
  /** How soon somebody should look. */
  readonly gravity: Gravity;
  /** The plugin type that it is about, or that its item is of. */
  readonly type?: TypeIdentity & { readonly id: string };
  /** The item that it is about. */
  readonly item?: Pick<PluginItem, "id" | "module" | "name" | "label">;
  /** What is the matter, in English. */
  readonly message: string;
  /** What to do about it, in English. */
  readonly fix: string;
  /** ISO 8601, UTC: since when. One that comes back within 5 minutes of its end has the time of its first beginning. */
  readonly since: string;
  /** How many times it has begun since then: above 1, it comes and goes. */
  readonly times: number;
  /** In which processes; absent where it is not about what processes see. */
  readonly where?: AttentionPlace;
}

/** What the rules find: how often it has begun is known from what was found before. */
export type Found = Omit<AttentionEntry, "times">;

/** What calls come to notice. */
const ofServing: readonly AttentionCode[] = ["unserved", "last-resort", "on-reserve", "lower-choice"];

/** The gravest first: of one gravity, what serves types otherwise than it should; then those of the longest standing. */
export function compareEntries(one: Found, other: Found): number {
  const rank = ({ gravity, code }: Found): number =>
    2 * gravities.indexOf(gravity) + (ofServing.includes(code) ? 0 : 1);
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (one.since !== other.since) return one.since < other.since ? -1 : 1;
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}

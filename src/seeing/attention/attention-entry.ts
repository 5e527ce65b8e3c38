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
 * - Of an item: `item-failed`: it cannot be made ready, or fails its checks. `item-misconfigured`: its config is refused,
 *   cannot be brought forward, or has a secret that cannot be read. `item-circuit`: its calls fail. `item-unauthorized`: its credentials were refused. `item-exhausted`: its provider
 *   said when to come again. `item-missing`: processes do not have its plugin. `hold-ending`: it comes back within an
 *   hour. `lead-ending`: it is first for less than an hour still. `key-lost`: secrets of its config cannot be read.
 *   `key-old`: they are encrypted with an earlier key.
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
  | "item-misconfigured"
  | "item-circuit"
  | "item-unauthorized"
  | "item-exhausted"
  | "item-missing"
  | "hold-ending"
  | "lead-ending"
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

/** The ways to mend what an entry tells. */
export const mends = [
  "activate-item",
  "mend-or-activate",
  "mend-before",
  "correct-cause",
  "correct-config",
  "wait-or-release",
  "correct-credentials",
  "raise-limit",
  "register-plugins",
  "finish-deployment",
  "hold-longer",
  "lead-longer",
  "check-process",
  "check-warnings",
  "end-deployment",
  "register-the-same",
  "add-key",
  "rotate-keys",
  "migrate",
] as const;

/** What to do about an entry, for programs that say it in their own words. */
export interface AttentionMend {
  /** Which of the ways to mend it. */
  readonly code: (typeof mends)[number];
  /** The command that does it, or shows more, such as `npx plugbay migrate`; absent where there is none. */
  readonly command?: string;
}

/** What `message` is made of, beside the type, the item and the place. Each code has those of these fields that it needs. */
export interface AttentionDetails {
  /** The last errors, without secrets, each once; at most 20. */
  readonly causes?: readonly string[];
  /** What it is about by name: items, versions with the number of their processes, or migrations; at most 20. */
  readonly names?: readonly string[];
  /** How many these are in all; of keys, how many items have secrets under it. */
  readonly count?: number;
  /** The id of a key. */
  readonly keyId?: string;
  /** A process by its host, its number there and the application's version, such as `app-1:4711 (1.4.0)`. */
  readonly process?: string;
  /** The version that processes have in common; `""` where they say none. */
  readonly version?: string;
  /** The revision that a process serves by. */
  readonly revision?: number;
  /** The newest revision. */
  readonly newest?: number;
  /** ISO 8601, UTC: when a hold or lead ends. */
  readonly until?: string;
  /** Who made the hold, or gave the lead. */
  readonly by?: string;
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
  /** What `message` is made of, for programs that say it in another language. */
  readonly details: AttentionDetails;
  /** What `fix` is made of. */
  readonly mend: AttentionMend;
  /** ISO 8601, UTC: since when. One that comes back within 5 minutes of its end has the time of its first beginning. */
  readonly since: string;
  /** How many times it has begun since then: above 1, it comes and goes. */
  readonly times: number;
  /** In which processes; absent where it is not about what processes see. */
  readonly where?: AttentionPlace;
}

/** What the rules find: how often it has begun is known from what was found before. */
export type Found = Omit<AttentionEntry, "times">;

/** What the rules find, before it is put into words. */
export type Facts = Omit<Found, "message" | "fix">;

/** What calls come to notice. */
const ofServing: readonly AttentionCode[] = ["unserved", "last-resort", "on-reserve", "lower-choice"];

/** The gravest first: of one gravity, what serves types otherwise than it should; then those of the longest standing. */
export function compareEntries(one: Facts, other: Facts): number {
  const rank = ({ gravity, code }: Facts): number =>
    2 * gravities.indexOf(gravity) + (ofServing.includes(code) ? 0 : 1);
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (one.since !== other.since) return one.since < other.since ? -1 : 1;
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}

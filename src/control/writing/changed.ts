import type { OptionNames } from "../../definition/known-options.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Source } from "../../store/change.ts";

/** Who makes a change, and through which door. */
export interface ChangeOptions {
  /** Who: a user's name or id, as the history shows it. */
  readonly actor: string;
  /** Default `api`. */
  readonly source?: Source | undefined;
  /**
   * What makes the change happen once, however often it is asked for: 1 to 200 characters, of the caller's choice, such
   * as a random id. A call with a key that was used before, for the same thing, changes nothing and resolves with what
   * the first came to: its revision, how much it changed, and items as they are now. For something else it is refused
   * with a `KeyReusedError`; what the configs in a call say is not compared. A call that was refused leaves its key
   * free. Keys are kept as long as the history, for each namespace. Default: none.
   *
   * @example
   * const key = crypto.randomUUID();
   * await plugbay.control.bulk(ids, "raise", { actor: "alice", key }); // safe to repeat, when nobody knows if it was done
   */
  readonly key?: string | undefined;
  /**
   * Why, for whoever reads the history: at most 500 characters, without control characters but line feeds. Default: none,
   * which is refused with a `ReasonRequiredError` where a reason is required.
   *
   * @example
   * await plugbay.control.bulk(ids, "disable", { actor: "alice", reason: "INC-4211: the provider loses messages" });
   */
  readonly reason?: string | undefined;
}

export const changeOptionNames: OptionNames<ChangeOptions> = {
  actor: true,
  source: true,
  key: true,
  reason: true,
};

/** Who has a config tried, for the history. */
export type CheckedBy = Partial<Pick<ChangeOptions, "actor" | "source">>;

/** What a change came to. */
export interface Changed {
  /** How many items are not as they were. */
  readonly changed: number;
  /** The revision that says so; the present one where nothing was changed. */
  readonly revision: number;
}

/** As `Changed`, with the items that are not as they were. */
export interface ChangedItems {
  readonly outcome: Changed;
  /** As they were written; those that were deleted are left out. */
  readonly items: readonly PluginItem[];
}

/** The versions that a caller has seen, by id. */
export type Versions = Readonly<Record<string, number>>;

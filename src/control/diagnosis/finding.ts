import type { TypeIdentity } from "../../definition/identity.ts";

/**
 * What a diagnosis found, as scripts tell it apart:
 * - `row-fault`: a row was edited by hand into what nobody can use.
 * - `out-of-line`: the code was not synced. `unregistered`: a row that no code registers. `held-back`: one that only
 *   other running processes have. `in-line`: neither.
 * - `unserved`: nothing can serve a type. `item-failed`: an item in use cannot be made ready, or fails its checks.
 *   `item-missing`: some processes do not have its plugin.
 * - `processes`: how many of the application run. `newer-migrations`: the tables are of a newer version that this one
 *   works with.
 */
export type FindingCode =
  | "row-fault"
  | "out-of-line"
  | "in-line"
  | "unregistered"
  | "held-back"
  | "unserved"
  | "item-failed"
  | "item-missing"
  | "processes"
  | "newer-migrations";

/** What a finding is about, and what led to it. */
export interface FindingSubject {
  /** The plugin type that it is about. */
  readonly type?: TypeIdentity;
  /** The item that it is about. */
  readonly itemId?: string;
  /** What led to it: told here, and not by a finding of its own. */
  readonly causes?: readonly string[];
}

/**
 * One thing that was found. `problem`: something does not work. `warning`: it works, but may not be what was meant.
 * `ok`: as it should be. Texts tell no secrets.
 */
export type Finding<Code extends string = FindingCode> = FindingSubject &
  (
    | {
        /** How grave it is. */
        readonly level: "ok";
        /** What kind of finding it is. */
        readonly code: Code;
        /** What was found, in English. */
        readonly message: string;
      }
    | {
        /** How grave it is. */
        readonly level: "warning" | "problem";
        /** What kind of finding it is. */
        readonly code: Code;
        /** What was found, in English. */
        readonly message: string;
        /** What to do about it. */
        readonly fix: string;
      }
  );

/** As it should be. */
export const ok = <Code extends string>(code: Code, message: string): Finding<Code> => ({
  level: "ok",
  code,
  message,
});

/** Works, but may not be what was meant. */
export const warning = <Code extends string>(
  code: Code,
  message: string,
  fix: string,
  subject: FindingSubject = {},
): Finding<Code> => ({ level: "warning", code, message, fix, ...subject });

/** Does not work. */
export const problem = <Code extends string>(
  code: Code,
  message: string,
  fix: string,
  subject: FindingSubject = {},
): Finding<Code> => ({ level: "problem", code, message, fix, ...subject });

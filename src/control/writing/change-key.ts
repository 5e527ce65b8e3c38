import { createHash } from "node:crypto";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import type { FirstChange } from "../../store/change-table.ts";
import { KeyReusedError } from "../../store/errors.ts";
import type { Store } from "../../store/store.ts";
import { KeyUsed } from "../../store/writing/change-work.ts";
import { ForbiddenError } from "../errors.ts";
import { type Changed, type ChangeOptions, changeOptionNames } from "./changed.ts";

const maxCodePoints = 200;

/** Who makes a change; and where it has a key, what is asked for. */
export interface Asker extends ChangeOptions {
  readonly request?: string;
  /** How many items it has changed already, where it takes several transactions. */
  readonly changedBefore?: number;
}

/** @throws InvalidOptionError */
function checkKey(key: unknown): string {
  const isKey =
    typeof key === "string" &&
    key !== "" &&
    key === key.trim() &&
    key.isWellFormed() &&
    !/\p{Cc}/u.test(key) &&
    [...key].length <= maxCodePoints;
  if (isKey) return key;
  const expectation = `it is a text of 1 to ${maxCodePoints} characters, without control characters, or spaces at its ends`;
  throw new InvalidOptionError("key", key, expectation);
}

/**
 * Makes a change once, however often it is asked for under its key: a repetition resolves with what `again` makes of
 * the first. Also where the repetition would be refused, for the first has changed what it is refused by.
 *
 * @throws UnknownOptionError; KeyReusedError where the key belongs to another change; whatever `make` throws
 */
export async function once<T>(
  store: Store,
  { call, given }: { readonly call: string; readonly given: unknown },
  by: ChangeOptions,
  make: (by: Asker) => Promise<T>,
  again: (first: FirstChange) => Promise<T>,
): Promise<T> {
  checkKnown(call, by, changeOptionNames);
  if (by.key === undefined) return make(by);
  const key = checkKey(by.key);
  const request = requestOf(call, given);
  try {
    return await make({ ...by, request });
  } catch (error) {
    if (error instanceof ForbiddenError) throw error;
    const first =
      error instanceof KeyUsed ? error.first : await store.firstChange(key).catch(() => undefined);
    if (first === undefined) throw error;
    if (first.request !== request) throw new KeyReusedError(key, first.revision);
    return again(first);
  }
}

/** What a repetition of a change resolves with that answers with nothing but its outcome. */
export const outcomeOf = async ({ changed, revision }: FirstChange): Promise<Changed> => ({
  changed,
  revision,
});

/** What was asked for, in short. Configs are left out: a hash of one could be tried against guesses at a secret. */
function requestOf(call: string, given: unknown): string {
  const hash = createHash("sha256").update(textOf(given)).digest("hex");
  return `${call} ${hash.slice(0, 32)}`;
}

function textOf(given: unknown): string {
  try {
    return JSON.stringify(given, (name, value: unknown) => {
      if (name === "config" || name === "environment") return undefined;
      return isPlain(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value;
    });
  } catch {
    // It will be refused.
    return "";
  }
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);

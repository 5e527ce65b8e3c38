import { UsageError } from "../errors.ts";

/** What a plugin's name becomes in code. */
export interface CodeNames {
  /** The file, without its extension: `sms-ir`. */
  readonly file: string;
  /** The token: `smsIr`. */
  readonly token: string;
  /** The class: `SmsIr`. */
  readonly class: string;
}

/** What cannot be the name of a constant in a module. */
const reserved = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false " +
    "finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof var void while with yield arguments eval " +
    "undefined"
  ).split(" "),
);

/**
 * Names in code for a plugin of any name. Where one is no word, or is taken, it says that it is a plugin.
 *
 * @throws UsageError where the name has neither a letter nor a digit
 */
export function codeNames(name: string, taken: readonly string[]): CodeNames {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) throw new UsageError(`"${name}" has no letter that a file could be called by`);
  const pascal = words.map((word) => capital(word)).join("");
  const first = words[0] ?? "";
  // SMS is sms, not sMS.
  const start = first === first.toUpperCase() ? first : first.charAt(0);
  const camel = `${start.toLowerCase()}${first.slice(start.length)}${pascal.slice(first.length)}`;
  const isUsable = /^\p{ID_Start}/u.test(camel) && !reserved.has(camel) && !taken.includes(camel);
  const isClass = /^\p{ID_Start}/u.test(pascal) && !taken.includes(pascal) && pascal !== camel;
  return {
    file: words.map((word) => word.toLowerCase()).join("-"),
    token: isUsable ? camel : /^\p{ID_Start}/u.test(camel) ? `${camel}Plugin` : `plugin${pascal}`,
    class: isClass ? pascal : `Plugin${pascal}`,
  };
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

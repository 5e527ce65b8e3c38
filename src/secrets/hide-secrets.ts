import { inspect } from "node:util";
import type { ConfigIssue } from "../definition/config-issue.ts";
import { isError, messageOf, nameOf, propertyOf, stackOf } from "../thrown.ts";

const mask = "[secret]";

/** A text in which secrets, as they are and as JSON, URLs and base64 write them, are masked. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  const spellings = secrets.flatMap(spellingsOf).sort((one, other) => other.length - one.length);
  if (spellings.length === 0) return text;
  return text.replace(new RegExp(spellings.map(escaped).join("|"), "g"), mask);
}

export const hideInIssues = (issues: readonly ConfigIssue[], secrets: readonly string[]): ConfigIssue[] =>
  issues.map(({ path, message }) => ({
    path: path.map((key) => (typeof key === "string" ? hideSecrets(key, secrets) : key)),
    message: hideSecrets(message, secrets),
  }));

/**
 * What was thrown, fit to be shown: itself where it tells no secret, in no property, stack or cause; else an
 * error of the same name and with the same code that tells the rest.
 */
export function hideInError(error: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || !tells(error, secrets)) return error;
  const message = hideSecrets(messageOf(error), secrets);
  if (!isError(error)) return message;
  const hidden = new Error(message);
  hidden.name = hideSecrets(nameOf(error), secrets);
  const stack = stackOf(error);
  if (stack !== undefined) hidden.stack = hideSecrets(stack, secrets);
  const code = propertyOf(error, "code");
  if (code !== undefined) Object.assign(hidden, { code: hideSecrets(String(code), secrets) });
  return hidden;
}

/** Deeper, and longer, than anybody prints. */
const everything = {
  depth: 12,
  maxArrayLength: null,
  maxStringLength: null,
  showHidden: true,
  breakLength: Number.POSITIVE_INFINITY,
} as const;

function tells(error: unknown, secrets: readonly string[]): boolean {
  try {
    const text = inspect(error, everything);
    return hideSecrets(text, secrets) !== text;
  } catch {
    // What cannot be looked at may have one.
    return true;
  }
}

/** What is empty is no secret, and would be found everywhere. */
function spellingsOf(secret: string): string[] {
  if (secret === "") return [];
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString("base64");
  const inspected = inspect(secret).slice(1, -1);
  return [...new Set([secret, json, inspected, urlEncoded(secret), base64, base64.replace(/=+$/, "")])];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** A half of a surrogate pair has no spelling in a URL. */
const urlEncoded = (secret: string): string => encodeURIComponent(secret.toWellFormed());

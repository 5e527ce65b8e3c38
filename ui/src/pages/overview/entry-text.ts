import { itemTitle } from "../../components/item-title.ts";
import type { Format } from "../../i18n/use-format.ts";
import type { Text } from "../../i18n/use-text.ts";
import type { Entry } from "./standing.ts";

const codes = [
  "unserved",
  "last-resort",
  "on-reserve",
  "lower-choice",
  "item-failed",
  "item-misconfigured",
  "item-circuit",
  "item-unauthorized",
  "item-exhausted",
  "item-missing",
  "hold-ending",
  "lead-ending",
  "key-lost",
  "key-old",
  "process-behind",
  "process-silent",
  "versions-differ",
  "registries-differ",
  "migrations-pending",
] as const;

type Code = (typeof codes)[number];

/** A server of a later version may know more of them. */
const isCode = (code: string): code is Code => (codes as readonly string[]).includes(code);

/** What kind of entry it is, in one or two words. */
export const entryTitle = ({ code }: Entry, text: Text): string =>
  isCode(code) ? text(`attention.${code}`) : code;

/** What is the matter, in the panel's language; undefined for what only the server has words for. */
export function entryText(
  { code, item, details, mend }: Entry,
  text: Text,
  format: Format,
): string | undefined {
  if (!isCode(code)) return undefined;
  const { count = 0, process = "", version = "", revision = 0, newest = 0, until, by = "" } = details;
  const server = item === undefined ? text("attention.anotherItem") : itemTitle(item);
  switch (code) {
    case "unserved":
      return text(
        mend.code === "activate-item" ? "attention.says.unserved.empty" : "attention.says.unserved",
      );
    case "last-resort":
    case "on-reserve":
    case "lower-choice":
      return text(`attention.says.${code}`, { item: server });
    case "item-failed":
    case "item-misconfigured":
    case "item-circuit":
    case "item-unauthorized":
    case "item-exhausted":
      return text(`attention.says.${code}`);
    case "item-missing":
    case "versions-differ":
    case "migrations-pending":
      return text(`attention.says.${code}`, { names: namesOf(details, text, format) });
    case "hold-ending":
    case "lead-ending":
      return text(`attention.says.${code}`, {
        until: until === undefined ? "" : format.dateTime(until),
        by,
      });
    case "key-lost":
    case "key-old":
      return text(`attention.says.${code}`, { count, key: details.keyId ?? "" });
    case "process-silent":
      return text("attention.says.process-silent", { process });
    case "process-behind":
      return text("attention.says.process-behind", {
        process,
        revision: String(revision),
        newest: String(newest),
      });
    case "registries-differ":
      return version === ""
        ? text("attention.says.registries-differ.none")
        : text("attention.says.registries-differ", { version });
  }
}

function namesOf({ names = [], count = 0 }: Entry["details"], text: Text, format: Format): string {
  const more = count - names.length;
  return format.list(more > 0 ? [...names, text("attention.more", { count: more })] : names);
}

type Mend = Entry["mend"]["code"];

const mends: Readonly<Record<Mend, true>> = {
  "activate-item": true,
  "mend-or-activate": true,
  "mend-before": true,
  "correct-cause": true,
  "correct-config": true,
  "wait-or-release": true,
  "correct-credentials": true,
  "raise-limit": true,
  "register-plugins": true,
  "finish-deployment": true,
  "hold-longer": true,
  "lead-longer": true,
  "check-process": true,
  "check-warnings": true,
  "end-deployment": true,
  "register-the-same": true,
  "add-key": true,
  "rotate-keys": true,
  migrate: true,
};

/** What to do about it, in the panel's language, before the command; undefined for what only the server has words for. */
export const mendText = ({ mend: { code } }: Entry, text: Text): string | undefined =>
  Object.hasOwn(mends, code) ? text(`attention.mend.${code}`) : undefined;

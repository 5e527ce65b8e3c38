import { describeType, itemLabel } from "../../definition/describe.ts";
import { cut } from "../../thrown.ts";
import type { AttentionDetails, AttentionMend, AttentionPlace, Facts, Found } from "./attention-entry.ts";

/** What was found, with its texts in English. */
export const inWords = (facts: Facts): Found => ({
  ...facts,
  message: messageOf(facts),
  fix: `${fixes[facts.mend.code]}${facts.mend.command ?? ""}`,
});

function messageOf({ code, type, item, details, mend, where, since }: Facts): string {
  const ofType = type ? describeType(type) : "";
  const subject = item ? `item ${itemLabel(item)} of ${ofType}` : ofType;
  const server = item ? itemLabel(item) : "another item";
  const place = inPlace(where);
  const because = `${place}${causesOf(details)}`;
  const { count = 0 } = details;
  switch (code) {
    case "unserved":
      return `nothing serves ${ofType}${mend.code === "activate-item" ? ": it has no items in use" : ""}${place}`;
    case "last-resort":
      return `${ofType} is on its last resort: nothing is well, and ${server} is used all the same${place}`;
    case "on-reserve":
      return `${ofType} is on its reserve: ${server} serves, and no active item can${place}`;
    case "lower-choice":
      return `${ofType} is served by a lower choice: ${server}${place}`;
    case "item-failed":
      return `${subject} cannot be made ready, or fails its checks${because}`;
    case "item-misconfigured":
      return `${subject} is misconfigured${because}`;
    case "item-circuit":
      return `${subject} is left alone, because its calls fail${because}`;
    case "item-unauthorized":
      return `${subject} is left alone, because its credentials were refused${because}`;
    case "item-exhausted":
      return `${subject} is left alone, because its provider said when to come again${because}`;
    case "item-missing":
      return `the code lacks plugins of ${ofType} that have items in use${place}: ${namesOf(details)}`;
    case "hold-ending":
      return `${subject} comes back at ${details.until}, when the hold of ${details.by} ends`;
    case "lead-ending":
      return `${subject} is first until ${details.until}, when the lead that ${details.by} gave it ends`;
    case "key-lost":
      return `${secretsUnder(details)}, which is not among the keys`;
    case "key-old":
      return `${secretsUnder(details)}, which is no longer the first`;
    case "process-silent":
      return `process ${details.process} was last heard of at ${since}`;
    case "process-behind":
      return `process ${details.process} serves by revision ${details.revision}, and the newest is ${details.newest}`;
    case "versions-differ":
      return `the processes are of ${count} versions: ${namesOf(details)}`;
    case "registries-differ":
      return `the processes${details.version ? ` of version ${details.version}` : ""} have ${count} different sets of plugins`;
    case "migrations-pending":
      return `the database lacks the migrations ${namesOf(details)}`;
  }
}

/** ` in 2 of 3 processes`; nothing where there is only one. */
function inPlace(where: AttentionPlace | undefined): string {
  if (where === undefined || where.of <= 1) return "";
  const { processes, of } = where;
  return processes === of ? ` in all ${of} processes` : ` in ${processes} of ${of} processes`;
}

/** How much of a cause is told, in characters. */
const longestCause = 1_000;

const causesOf = ({ causes = [] }: AttentionDetails): string =>
  causes.length === 0 ? "" : `: ${causes.map((cause) => cut(cause, longestCause)).join("; ")}`;

function namesOf({ names = [], count = 0 }: AttentionDetails): string {
  const more = count - names.length;
  return [...names, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

const secretsUnder = ({ keyId, count = 0 }: AttentionDetails): string =>
  `${count} item${count === 1 ? " has" : "s have"} secrets under the key ${keyId}`;

/** What to do, before the command where there is one. */
const fixes: Readonly<Record<AttentionMend["code"], string>> = {
  "activate-item": "activate one of its items; see: ",
  "mend-or-activate": "mend what keeps its items from serving, or activate another one; see: ",
  "mend-before": "mend what keeps the items before it from serving; see: ",
  "correct-cause": "correct the cause, or take it out of use: ",
  "correct-config": "correct its config, or take it out of use: ",
  "wait-or-release": "it is tried again by itself; after a repair, at once: ",
  "correct-credentials": "correct its credentials, or after a repair: ",
  "raise-limit": "wait, or raise the limit at its provider; then: ",
  "register-plugins": "register them, or retire their items with: ",
  "finish-deployment": "finish the deployment: those processes run code without them",
  "hold-longer": "let it come back, or hold it for longer: ",
  "lead-longer": "let it go back to its place, or have it serve first for longer: ",
  "check-process":
    "look whether it runs and reaches the database; one that says nothing for long is taken off the list",
  "check-warnings": "look at its warnings, and at its way to the database; or start it anew",
  "end-deployment": "finish the deployment, or take it back",
  "register-the-same": "finish the deployment, or have all of them register the same; see: ",
  "add-key": "add that key to PLUGBAY_KEYS again, or enter the secrets anew; see: ",
  "rotate-keys": "encrypt them with the first key: ",
  migrate: "run: ",
};

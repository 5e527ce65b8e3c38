import { cut, ownText } from "../thrown.ts";
import type { ConfigIssue } from "./config-issue.ts";
import type { PluginIdentity, TypeIdentity } from "./identity.ts";
import type { PluginItem } from "./plugin-item.ts";

export const describeType = (type: TypeIdentity): string => `plugin type "${type.name}" of "${type.manager}"`;

export const describePlugin = (plugin: PluginIdentity): string =>
  `plugin "${plugin.name}" of module "${plugin.module}"`;

/** An item's full name, as messages have it and the command line takes it: `apps/stripe:stripe/eu`, or without a label `apps/sms:sms`. */
export const itemLabel = ({ module, name, label }: Pick<PluginItem, "module" | "name" | "label">): string =>
  `${module}:${name}${label === "" ? "" : `/${label}`}`;

/** `types[0].items[2].status` */
export const placeOf = (path: ConfigIssue["path"]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");

/** `smtp.port: is no number; token: is missing` */
export const describeIssues = (issues: readonly ConfigIssue[]): string =>
  describeFirst(issues, "; ", ({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );

const mostDescribed = 20;
const longestDescription = 1_000;

/** The first 20 of a list, each in at most 1,000 characters, and how many more there are. */
export function describeFirst<T>(
  list: readonly T[],
  separator: string,
  describe: (one: T) => string,
): string {
  const told = list.slice(0, mostDescribed).map((one) => cut(describe(one), longestDescription));
  const others = list.length - told.length;
  return others > 0 ? `${told.join(separator)}${separator}and ${others} more` : told.join(separator);
}

/** Whether a function can only be called with `new`; one that was compiled to an old kind of function is not known. */
export const isClass = (value: object): boolean => /^class\b/.test(Function.prototype.toString.call(value));

/** What something is, where it is not what it should be: `class SmsOtp`, `the text "otp"`, `undefined`. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return `the text ${preview(value)}`;
  if (typeof value === "function") {
    return `${isClass(value) ? "class" : "the function"} ${value.name || "without a name"}`;
  }
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** A value as it may stand in a message: quoted, and cut where it is long. */
export function preview(value: unknown): string {
  if (typeof value === "function") return describeValue(value);
  // Not all objects can be made a text.
  if (typeof value === "object" && value !== null) return cut(ownText(value) ?? describeValue(value), 100);
  if (typeof value !== "string") return String(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 56)}..."`;
}

import type { StandardSchemaV1 } from "@standard-schema/spec";
import { propertyOf } from "../thrown.ts";
import type { ConfigIssue } from "./config-issue.ts";
import { validate } from "./foreign-code.ts";
import type { PluginIdentity } from "./identity.ts";
import { isThenable } from "./thenable.ts";

/** Waits for the answer of a plugin's asynchronous schema, but not for ever. @throws SchemaTimeoutError */
export type SchemaWait = <T>(plugin: PluginIdentity, answer: Promise<T>) => Promise<T>;

/** What a schema made of a config. What it threw may tell secrets of the config. */
export type CheckedConfig =
  | { readonly kind: "valid"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly issues: readonly ConfigIssue[] }
  | { readonly kind: "threw"; readonly error: unknown };

/** A config as its schema reads it: at once, unless the schema is asynchronous. Never throws. */
export function checkConfig(
  schema: StandardSchemaV1,
  config: unknown,
): CheckedConfig | Promise<CheckedConfig> {
  try {
    const result = validate(schema, config);
    return isThenable(result) ? Promise.resolve(result).then(accept).catch(refuse) : accept(result);
  } catch (error) {
    return refuse(error);
  }
}

function accept({ issues, ...result }: StandardSchemaV1.Result<unknown>): CheckedConfig {
  if (issues === undefined) return { kind: "valid", value: "value" in result ? result.value : undefined };
  const told = issues.slice(0, mostIssues).map(toIssue);
  const others = issues.length - told.length;
  return {
    kind: "invalid",
    issues: others === 0 ? told : [...told, { path: [], message: `and ${others} more issues` }],
  };
}

/** How many issues of one config are told. */
const mostIssues = 1_000;

const refuse = (error: unknown): CheckedConfig => ({ kind: "threw", error });

/** As far as it can be read: an issue that is not what the standard says must not hide the others. */
function toIssue(issue: unknown): ConfigIssue {
  const path = propertyOf(issue, "path");
  const message = propertyOf(issue, "message");
  return {
    path: Array.isArray(path) ? path.map(toKey) : [],
    message: typeof message === "string" ? message : "is refused, without a reason",
  };
}

function toKey(step: unknown): string | number {
  const key = typeof step === "object" ? propertyOf(step, "key") : step;
  if (typeof key === "number") return key;
  return typeof key === "string" || typeof key === "symbol" ? String(key) : "?";
}

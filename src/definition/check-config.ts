import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ConfigIssue } from "./config-issue.ts";
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
    const result = schema["~standard"].validate(config);
    return isThenable(result) ? Promise.resolve(result).then(accept).catch(refuse) : accept(result);
  } catch (error) {
    return refuse(error);
  }
}

function accept({ issues, ...result }: StandardSchemaV1.Result<unknown>): CheckedConfig {
  if (issues === undefined) return { kind: "valid", value: "value" in result ? result.value : undefined };
  return { kind: "invalid", issues: issues.map(toIssue) };
}

const refuse = (error: unknown): CheckedConfig => ({ kind: "threw", error });

const toIssue = ({ message, path = [] }: StandardSchemaV1.Issue): ConfigIssue => ({
  path: path.map((step) => {
    const key = typeof step === "object" ? step.key : step;
    return typeof key === "number" ? key : String(key);
  }),
  message: typeof message === "string" ? message : "is refused, without a reason",
});

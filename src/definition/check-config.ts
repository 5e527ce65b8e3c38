import type { StandardSchemaV1 } from "@standard-schema/spec";
import { messageOf } from "../thrown.ts";
import type { ConfigIssue } from "./config-issue.ts";
import { validate } from "./foreign-code.ts";
import type { PluginIdentity } from "./identity.ts";
import { isThenable } from "./thenable.ts";

/** Waits for the answer of a plugin's asynchronous schema, but not for ever. @throws SchemaTimeoutError */
export type SchemaWait = <T>(plugin: PluginIdentity, answer: Promise<T>) => Promise<T>;

/** What a schema made of a config. `cause` is what it threw, where it answered in no other way. */
export type CheckedConfig =
  | { readonly kind: "valid"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly issues: readonly ConfigIssue[]; readonly cause?: unknown };

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
  return { kind: "invalid", issues: issues.map(toIssue) };
}

const refuse = (error: unknown): CheckedConfig => ({
  kind: "invalid",
  issues: [{ path: [], message: `its schema threw: ${messageOf(error)}` }],
  cause: error,
});

const toIssue = ({ message, path = [] }: StandardSchemaV1.Issue): ConfigIssue => ({
  path: path.map((step) => {
    const key = typeof step === "object" ? step.key : step;
    return typeof key === "number" ? key : String(key);
  }),
  message,
});

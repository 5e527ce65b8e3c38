import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Hook } from "./hooks.ts";
import type { Check, Plugin } from "./plugin.ts";
import type { CheckContext, CreateContext } from "./plugin-context.ts";
import type { Candidates, JsonValue } from "./plugin-item.ts";
import type { Selector } from "./plugin-type.ts";
import type { Policy } from "./policy.ts";

// All that plugbay calls of what developers declare, and the only place where it does. Any of these may throw whatever
// it likes, at once or later, or never answer: who calls it takes every answer as unknown, and waits with a deadline.

/** Calls the class or the `create` of a plugin. What comes back is not checked yet, and may be a promise. */
export function construct({ construction }: Plugin, context: CreateContext<unknown>): unknown {
  return construction.kind === "class" ? new construction.class(context) : construction.create(context);
}

/** Tries a config. */
export const runCheck = async (check: Check, context: CheckContext<unknown>): Promise<unknown> =>
  check(context);

/** Ends an instance the way its plugin says, or by its own method. */
export async function endInstance({ dispose }: Plugin, instance: object): Promise<void> {
  if (dispose) await dispose(instance);
  else if (Symbol.asyncDispose in instance) await (instance as AsyncDisposable)[Symbol.asyncDispose]();
  else if (Symbol.dispose in instance) (instance as Disposable)[Symbol.dispose]();
}

/** Asks a schema about a config. The answer may be a promise. */
export const validate = (
  schema: StandardSchemaV1,
  config: unknown,
): ReturnType<StandardSchemaV1["~standard"]["validate"]> => schema["~standard"].validate(config);

/** Brings a config of an older version to the present one. It gets a copy: what it does to that is not stored. */
export const migrate = (
  migrateConfig: NonNullable<Plugin["migrateConfig"]>,
  config: JsonValue,
  version: number,
): unknown => migrateConfig(structuredClone(config), version);

/** Has a selector choose. */
export const select = <Args extends readonly unknown[]>(
  selector: Selector<Args>,
  candidates: Candidates,
  args: Args,
): unknown => selector(candidates, ...args);

/** Asks a policy what an error means. */
export const runClassify = (classify: NonNullable<Policy["classify"]>, error: unknown): unknown =>
  classify(error);

/** Calls a hook at one of its stages. What comes back may be a promise. */
export const callHook = (hook: Hook, stage: keyof Hook, call: unknown): unknown =>
  hook[stage]?.(call as never);

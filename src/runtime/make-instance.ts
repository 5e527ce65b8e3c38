import { isObject } from "../definition/contract.ts";
import { describePlugin } from "../definition/describe.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { CreateContext } from "../definition/plugin-context.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import { messageOf } from "../thrown.ts";
import { warn } from "../warn.ts";
import { PluginFailedError } from "./errors.ts";

/** Turns whatever a plugin threw into the error that its item shows. */
export function asFailure(plugin: Plugin, item: PluginItem, error: unknown): Error {
  if (error instanceof PluginFailedError) return error;
  return new PluginFailedError(plugin.type, item, `could not be made ready: ${messageOf(error)}`, error);
}

/** Calls the class or `create`. What comes back is not checked yet, and may be a promise. */
export function construct(plugin: Plugin, context: CreateContext<unknown>): unknown {
  const { construction } = plugin;
  return construction.kind === "class" ? new construction.class(context) : construction.create(context);
}

/** As `construct`, for an instance that must be there at once. */
export function constructNow(plugin: Plugin, context: CreateContext<unknown>): unknown {
  const instance = construct(plugin, context);
  if (isThenable(instance)) {
    void Promise.resolve(instance).then(
      (late) => dispose(plugin, late),
      () => undefined,
    );
    throw new PluginFailedError(plugin.type, context.item, "is transient, but its create is asynchronous");
  }
  return instance;
}

/** Ends an instance the way its plugin says, or by its own dispose method. Never throws, and tells no secret. */
export async function dispose(
  plugin: Plugin,
  instance: unknown,
  secrets: readonly string[] = [],
): Promise<void> {
  if (!isObject(instance)) return;
  try {
    if (plugin.dispose) await plugin.dispose(instance);
    else if (Symbol.asyncDispose in instance) await (instance as AsyncDisposable)[Symbol.asyncDispose]();
    else if (Symbol.dispose in instance) (instance as Disposable)[Symbol.dispose]();
  } catch (error) {
    warn(`${describePlugin(plugin)} failed while it was disposed of`, hideInError(error, secrets));
  }
}

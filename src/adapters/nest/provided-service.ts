import type { AnyFunction } from "../../definition/class-shape.ts";
import type { AnyPluginType, PluginType } from "../../definition/plugin-type.ts";
import type { Plugbay } from "../../plugbay.ts";
import { UnknownTypeError } from "../../registry/errors.ts";

/**
 * What `@InjectPlugin` injects. A class that is loaded may be of another application, which the type is of: a type
 * that is not registered fails the calls, until it is, and not the start.
 */
export function providedService(plugbay: Plugbay, type: AnyPluginType): object {
  const service = (): object => serviceOf(plugbay, type);
  try {
    return service();
  } catch (error) {
    if (!(error instanceof UnknownTypeError)) throw error;
    return serviceToCome(type, service);
  }
}

function serviceToCome(type: AnyPluginType, service: () => object): object {
  const call =
    (method: string) =>
    async (...args: never[]) =>
      (service() as Record<string, AnyFunction>)[method]?.(...args);
  return Object.freeze(Object.fromEntries(Object.keys(type.methods).map((method) => [method, call(method)])));
}

/** The service of a type whose calls give no arguments to a selector. */
export const serviceOf = (plugbay: Plugbay, type: AnyPluginType): object =>
  plugbay.service(type as PluginType<object>);

import type { AnyFunction } from "../definition/class-shape.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { MethodNotImplementedError } from "./errors.ts";
import type { RunTask } from "./run-context.ts";

/** A method as `service` has it: what it gave it promises. Where it promised that before, it keeps its type parameters. */
type AsyncMethod<F> = F extends (...args: infer Args) => infer R
  ? F extends (...args: never[]) => PromiseLike<unknown>
    ? Promise<Awaited<R>> extends R
      ? F
      : (...args: Args) => Promise<Awaited<R>>
    : (...args: Args) => Promise<Awaited<R>>
  : never;

/** The methods of T, each a `run`: all asynchronous, optional ones among them. What is no method is left out. */
export type Service<T> = {
  readonly [K in keyof T as NonNullable<T[K]> extends AnyFunction ? K : never]-?: AsyncMethod<
    NonNullable<T[K]>
  >;
};

/** An object with the methods of a type, each of which is run. */
export function makeService(
  type: AnyPluginType,
  run: (task: RunTask<object, unknown>, method: string, input: readonly unknown[]) => Promise<unknown>,
): object {
  const service: Record<string, (...args: unknown[]) => Promise<unknown>> = {};
  for (const method of Object.keys(type.methods)) {
    service[method] = (...args) =>
      run(
        (implementation, { item }) => {
          const callable = implementation as Record<string, unknown>;
          if (typeof callable[method] !== "function") throw new MethodNotImplementedError(type, item, method);
          return (callable[method] as AnyFunction)(...(args as never[]));
        },
        method,
        args,
      );
  }
  return Object.freeze(service);
}

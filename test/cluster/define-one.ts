import type { Plugin, PluginType } from "plugbay";
import { define, type Served } from "./harness/definitions.ts";
import type { DeclaredType } from "./harness/setup.ts";

/** A single type with its plugins. */
export function defineOne(declared: DeclaredType): {
  readonly type: PluginType<Served>;
  readonly plugins: readonly Plugin[];
} {
  const { types, plugins } = define([declared]);
  const type = types.get(declared.name);
  if (type === undefined) throw new Error("the type is missing");
  return { type, plugins };
}

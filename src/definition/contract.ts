import type { InterfaceClass } from "./class-shape.ts";
import { InterfaceNotExtendedError, MissingMethodError } from "./errors.ts";
import type { PluginIdentity } from "./identity.ts";
import type { Plugin } from "./plugin.ts";
import type { AnyPluginType } from "./plugin-type.ts";

/**
 * Checks what can be known of a plugin without making an instance: its class extends the type's
 * interface and has every required method. Products of `create` are checked when they are made.
 */
export function checkClass(type: AnyPluginType, plugin: Plugin): void {
  if (plugin.construction.kind !== "class") return;
  const { class: implementation } = plugin.construction;
  const parent = type.interface;
  if (parent && !extendsClass(implementation, parent)) {
    throw new InterfaceNotExtendedError(type, plugin, implementation.name, parent.name);
  }
  const missing = missingMethods(type, implementation.prototype);
  if (missing.length > 0) {
    throw new MissingMethodError(
      type,
      plugin,
      missing,
      `class ${implementation.name} (a method must be on the prototype, not an arrow function in a field)`,
    );
  }
}

const extendsClass = (one: InterfaceClass<object>, other: InterfaceClass<object>): boolean =>
  one === other || Object.prototype.isPrototypeOf.call(other.prototype, one.prototype);

/** Checks that an instance has every required method, and that optional ones are methods where they are there. */
export function checkInstance(
  type: AnyPluginType,
  plugin: PluginIdentity,
  instance: unknown,
): asserts instance is object {
  const missing = missingMethods(type, instance);
  if (missing.length > 0) throw new MissingMethodError(type, plugin, missing, "the object it made");
}

function missingMethods(type: AnyPluginType, target: unknown): string[] {
  const members = typeof target === "object" && target !== null ? (target as Record<string, unknown>) : {};
  const missing: string[] = [];
  for (const method of Object.keys(type.methods)) {
    const member = members[method];
    const isMissing =
      member === undefined ? type.methods[method] === "required" : typeof member !== "function";
    if (isMissing) missing.push(method);
  }
  return missing;
}

import type { InterfaceClass } from "./class-shape.ts";
import { InterfaceNotExtendedError, MissingMethodError } from "./errors.ts";
import type { PluginIdentity } from "./identity.ts";
import type { Plugin } from "./plugin.ts";
import type { AnyPluginType } from "./plugin-type.ts";

/**
 * Checks what can be known of a plugin without making an instance: its class extends the type's
 * interface and has every required method. What a getter gives, and what `create` makes, is checked when it is made.
 *
 * @throws InterfaceNotExtendedError, MissingMethodError
 */
export function checkClass(type: AnyPluginType, plugin: Plugin): void {
  if (plugin.construction.kind !== "class") return;
  const { class: implementation } = plugin.construction;
  const parent = type.interface;
  if (parent && !extendsClass(implementation, parent)) {
    throw new InterfaceNotExtendedError(type, plugin, implementation.name, parent.name);
  }
  const missing = missingMethods(type, (method) => memberOfClass(implementation, method));
  if (missing.length > 0) {
    throw new MissingMethodError(
      type,
      plugin,
      missing,
      `class ${implementation.name} (a method must be on the prototype, not an arrow function in a field; ` +
        `for those, write create: () => new ${implementation.name || "..."}() instead of "class")`,
    );
  }
}

/**
 * Checks that an instance has every required method, and that optional ones are methods where they are there. It may
 * be a function that has them.
 *
 * @throws MissingMethodError, and what a getter throws
 */
export function checkInstance(
  type: AnyPluginType,
  plugin: PluginIdentity,
  instance: unknown,
): asserts instance is object {
  const members = isObject(instance) ? (instance as Record<string, unknown>) : {};
  const missing = missingMethods(type, (method) => members[method]);
  if (missing.length > 0) throw new MissingMethodError(type, plugin, missing, "the object it made");
}

/** Whether something can have methods: an object, or a function. */
export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const extendsClass = (one: InterfaceClass<object>, other: InterfaceClass<object>): boolean =>
  one === other || Object.prototype.isPrototypeOf.call(other.prototype, one.prototype);

/** What stands for a getter, which may only be asked of an instance. */
const unknownYet = (): undefined => undefined;

function memberOfClass(implementation: InterfaceClass<object>, method: string): unknown {
  for (let part: object | null = implementation.prototype; part; part = Object.getPrototypeOf(part)) {
    const member = Object.getOwnPropertyDescriptor(part, method);
    if (member) return member.get ? unknownYet : member.value;
  }
  return undefined;
}

function missingMethods(type: AnyPluginType, memberOf: (method: string) => unknown): string[] {
  return Object.keys(type.methods).filter((method) => {
    const member = memberOf(method);
    return member === undefined ? type.methods[method] === "required" : typeof member !== "function";
  });
}

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { PluginIdentity } from "./identity.ts";
import type { CheckContext, CreateContext } from "./plugin-context.ts";
import type { JsonValue } from "./plugin-item.ts";
import type { AnyPluginType } from "./plugin-type.ts";
import type { Status } from "./status.ts";

/** Shared by all copies of this package in a process. */
export const brand = Symbol.for("plugbay.plugin");

/**
 * `singleton`: one instance, kept while its config is the same. `transient`: a new one for every
 * call, which the caller owns.
 */
export type Lifetime = "singleton" | "transient";

/** How a plugin's instances come to be. */
export type Construction =
  | { readonly kind: "class"; readonly class: new (context: CreateContext<unknown>) => object }
  | {
      readonly kind: "create";
      readonly create: (context: CreateContext<unknown>) => object | Promise<object>;
    };

/** Tries a config; what it returns is a message where it is a text. */
export type Check = (context: CheckContext<unknown>) => unknown;

/**
 * A declared plugin, ready to be registered. Made by `definePlugin`. T is the interface of its type, Input what its
 * schema takes as a config: `never` for a plugin without a schema, `unknown` where it is not known.
 */
export interface Plugin<out T extends object = object, out Input = unknown> extends PluginIdentity {
  readonly type: AnyPluginType;
  readonly priority: number;
  readonly status: Status;
  readonly description: string;
  readonly aliases: readonly PluginIdentity[];
  readonly lifetime: Lifetime;
  readonly config: StandardSchemaV1 | undefined;
  readonly configVersion: number;
  /** The config's secret fields, declared and marked, such as `smtp.password`. */
  readonly secrets: readonly string[];
  readonly migrateConfig: ((config: JsonValue, fromVersion: number) => unknown) | undefined;
  readonly construction: Construction;
  readonly check: Check | undefined;
  readonly dispose: ((instance: object) => void | Promise<void>) | undefined;
  /** Carries T and Input, and is never there. Editors do not offer a name that begins with a space. */
  readonly " types"?: () => readonly [T, Input];
}

export function isPlugin(value: unknown): value is Plugin {
  return typeof value === "object" && value !== null && brand in value;
}

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
  /** The type that it is for. */
  readonly type: AnyPluginType;
  /** The priority that a new item starts with, -32768 to 32767, lower first. */
  readonly priority: number;
  /** The status that a new item starts with. */
  readonly status: Status;
  /** For operators; `""` where it has none. */
  readonly description: string;
  /** Former identities. */
  readonly aliases: readonly PluginIdentity[];
  /** How long an instance lives. */
  readonly lifetime: Lifetime;
  /** The schema of its items' configs; undefined where it takes none. */
  readonly config: StandardSchemaV1 | undefined;
  /** The version of the configs that this code writes, from 1. */
  readonly configVersion: number;
  /** The config's secret fields, declared and marked, such as `smtp.password`. */
  readonly secrets: readonly string[];
  /** The config's fields that say where its secrets are sent; undefined where the plugin does not list them. */
  readonly addresses: readonly string[] | undefined;
  /** Brings an older config to the present version. */
  readonly migrateConfig: ((config: JsonValue, fromVersion: number) => unknown) | undefined;
  /** How its instances are made: by its class or its `create`. */
  readonly construction: Construction;
  /** Tries whether a config works; undefined where it cannot tell. */
  readonly check: Check | undefined;
  /** Ends an instance; undefined where the instance's own dispose method does. */
  readonly dispose: ((instance: object) => void | Promise<void>) | undefined;
  /** Carries T and Input, and is never there. Editors do not offer a name that begins with a space. */
  readonly " types"?: () => readonly [T, Input];
}

export function isPlugin(value: unknown): value is Plugin {
  return typeof value === "object" && value !== null && brand in value;
}

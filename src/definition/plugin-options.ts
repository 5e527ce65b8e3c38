import type { ConfigOf, InputOf, Schema } from "./config-schema.ts";
import type { Lifetime } from "./plugin.ts";
import type { CheckContext, CreateContext } from "./plugin-context.ts";
import type { JsonValue } from "./plugin-item.ts";
import type { AddressPath, SecretPath } from "./secret-path.ts";
import type { Status } from "./status.ts";

/** An identity that a plugin had before; a bare string is a former name in the same module. */
export type PluginAlias =
  | string
  | {
      /** The former module. Default: the present one. */
      readonly module?: string;
      /** The former name. Default: the present one. */
      readonly name?: string;
    };

/**
 * What `class` and `create` make is compared with T here and not in a constraint: so the compiler's message names the
 * method that is missing. R is what they return, a promise or not.
 */
type Implementing<R, T> = Awaited<R> extends T ? R : R extends PromiseLike<unknown> ? Promise<T> : T;

interface CommonOptions<T extends object, S extends Schema, R> {
  /** 1 to 100 code points, unique within the type and module. */
  readonly name: string;
  /** The module that provides the plugin, such as `apps/otp-sms`. */
  readonly module: string;
  /** The priority that a new item starts with, -32768 to 32767, lower first. Default 0. */
  readonly priority?: number | undefined;
  /** The status that a new item starts with. Default `active`. */
  readonly status?: Status | undefined;
  /** For operators. Default `""`. */
  readonly description?: string | undefined;
  /** Former identities: a row found under one is renamed in place by the next sync. */
  readonly aliases?: readonly PluginAlias[] | undefined;
  /**
   * Any Standard Schema (zod, valibot, arktype, ...) of an item's config. Such a plugin may have several
   * items, told apart by label; it gets one by itself only if the schema takes an empty config, `{}`.
   */
  readonly config?: S | undefined;
  /** The version of the configs that this code writes, from 1. Default 1; above it, give `migrateConfig`. */
  readonly version?: number | undefined;
  /**
   * Brings a config that an older version of the code wrote to the present one; the schema then checks it.
   * What it throws makes that item misconfigured, and no other.
   */
  readonly migrateConfig?: ((config: JsonValue, fromVersion: number) => InputOf<S>) | undefined;
  /**
   * The config's fields that are secrets, such as `"token"` or `"smtp.password"`: encrypted in the database and
   * shown to nobody. Those that the schema's JSON Schema marks (`"x-plugbay-secret": true`, `writeOnly: true` or
   * `format: "password"`) are secrets too.
   */
  readonly secrets?: readonly SecretPath<InputOf<S>>[] | undefined;
  /**
   * The config's fields that say where its secrets are sent, such as `"url"` or `"smtp.host"`. When a config is tried
   * that differs in one of them, stored secrets are not used, and have to be entered again. Default: every field whose
   * name or value looks like an address. `[]`: none, because the code has the address.
   */
  readonly addresses?: readonly AddressPath<InputOf<S>>[] | undefined;
  /**
   * Tries whether a config works, without side effects that anybody would mind: it may be called at any time,
   * also before the config is saved. It works unless this throws; a text that it returns is shown to the
   * operator, and so is the message of what it throws, both without the config's secrets.
   *
   * @example
   * check: async ({ config, signal }) => {
   *   const response = await fetch(config.url, { headers: { authorization: `Bearer ${config.token}` }, signal });
   *   if (!response.ok) throw new Error(`the gateway answered with ${response.status}`);
   *   return "the gateway accepts the token";
   * }
   */
  readonly check?:
    | ((context: CheckContext<ConfigOf<S>, T>) => string | void | Promise<string | undefined> | Promise<void>)
    | undefined;
  /**
   * Ends an instance that plugbay made and no longer serves. Default: its `Symbol.asyncDispose` or
   * `Symbol.dispose` method, where it has one. Instances of `transient` plugins belong to their callers.
   * Write it after `class` or `create`, so that the compiler knows what they make.
   */
  readonly dispose?: ((instance: Awaited<R>) => void | Promise<void>) | undefined;
}

interface ClassOptions<T extends object, S extends Schema, R> extends CommonOptions<T, S, R> {
  /** Made anew with a `CreateContext`. Its methods are on the prototype: for fields with functions, give `create`. */
  readonly class: new (
    context: CreateContext<ConfigOf<S>>,
  ) => Implementing<R, T>;
  /** Left out: there is a `class`. */
  readonly create?: undefined;
  /** Default `singleton`. */
  readonly lifetime?: Lifetime | undefined;
}

interface CreateOptions<T extends object, S extends Schema, R> extends CommonOptions<T, S, R> {
  /** Makes an implementation, or a promise of one. It has `prepareTimeoutMs` of `openPlugbay` for it. */
  readonly create: (context: CreateContext<ConfigOf<S>>) => Implementing<R, T>;
  /** Left out: there is a `create`. */
  readonly class?: undefined;
  /** Default `singleton`. */
  readonly lifetime?: "singleton" | undefined;
}

interface TransientCreateOptions<T extends object, S extends Schema, R> extends CommonOptions<T, S, R> {
  /** Makes an implementation, at once. */
  readonly create: (context: CreateContext<ConfigOf<S>>) => R extends T ? R : T;
  /** Left out: there is a `create`. */
  readonly class?: undefined;
  /** A new implementation for every call, which the caller owns. */
  readonly lifetime: "transient";
}

/** Give either `class` or `create`; the `create` of a `transient` plugin must be synchronous. */
export type PluginOptions<T extends object, S extends Schema = undefined, R = T | Promise<T>> =
  | ClassOptions<T, S, R>
  | CreateOptions<T, S, R>
  | TransientCreateOptions<T, S, R>;

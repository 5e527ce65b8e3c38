import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describePlugin } from "./describe.ts";
import { InvalidDefinitionError } from "./errors.ts";
import type { PluginIdentity } from "./identity.ts";
import { markedSecrets } from "./marked-secrets.ts";
import { checkName } from "./name.ts";
import type { JsonValue, PluginItem } from "./plugin-item.ts";
import { type AnyPluginType, isPluginType, type PluginType } from "./plugin-type.ts";
import { checkPriority } from "./priority.ts";
import type { SecretPath } from "./secret-path.ts";
import { checkStatus, type Status } from "./status.ts";
import { checkText } from "./text.ts";

/** Shared by all copies of this package in a process. */
const brand = Symbol.for("plugbay.plugin");

type Schema = StandardSchemaV1 | undefined;
type ConfigOf<S extends Schema> = S extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<S> : undefined;
type InputOf<S extends Schema> = S extends StandardSchemaV1 ? StandardSchemaV1.InferInput<S> : never;

/** What a plugin is made from. */
export interface CreateContext<Config> {
  /** The item's config, parsed by the plugin's schema; `undefined` without a schema. */
  readonly config: Config;
  readonly item: PluginItem;
  /** Aborted when the time limit of preparation has passed or plugbay closes. */
  readonly signal: AbortSignal;
}

/** What a plugin's `check` is told. */
export interface CheckContext<Config> {
  /**
   * The config to be tried, parsed by the plugin's schema; it need not be saved, and its item need not exist.
   * `undefined` without a schema.
   */
  readonly config: Config;
  /** Aborted when the time limit of the check has passed or plugbay closes. */
  readonly signal: AbortSignal;
}

/**
 * `singleton`: one instance, kept while its config is the same. `transient`: a new one for every
 * call, which the caller owns.
 */
export type Lifetime = "singleton" | "transient";

/** An identity that a plugin had before; a bare string is a former name in the same module. */
export type PluginAlias = string | { readonly module?: string; readonly name?: string };

interface CommonOptions<T extends object, S extends Schema> {
  /** 1 to 100 code points, unique within the type and module. */
  readonly name: string;
  /** The module that provides the plugin, such as `apps/otp-sms`. */
  readonly module: string;
  /** The priority that a new item starts with, -32768 to 32767, lower first. Default 0. */
  readonly priority?: number;
  /** The status that a new item starts with. Default `active`. */
  readonly status?: Status;
  /** For operators. Default `""`. */
  readonly description?: string;
  /** Former identities: a row found under one is renamed in place by the next sync. */
  readonly aliases?: readonly PluginAlias[];
  /**
   * Any Standard Schema (zod, valibot, arktype, ...) of an item's config. Such a plugin may have several
   * items, told apart by label; it gets one by itself only if the schema takes an empty config, `{}`.
   */
  readonly config?: S;
  /** The version of the configs that this code writes, from 1. Default 1; above it, give `migrateConfig`. */
  readonly version?: number;
  /**
   * Brings a config that an older version of the code wrote to the present one; the schema then checks it.
   * What it throws makes that item misconfigured, and no other.
   */
  readonly migrateConfig?: (config: JsonValue, fromVersion: number) => InputOf<S>;
  /**
   * The config's fields that are secrets, such as `"token"` or `"smtp.password"`: encrypted in the database and
   * shown to nobody. Those that the schema's JSON Schema marks (`"x-plugbay-secret": true`, `writeOnly: true` or
   * `format: "password"`) are secrets too.
   */
  readonly secrets?: readonly SecretPath<InputOf<S>>[];
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
  readonly check?: (
    context: CheckContext<ConfigOf<S>>,
  ) => string | void | Promise<string | undefined> | Promise<void>;
  /**
   * Ends an instance that plugbay made and no longer serves. Default: its `Symbol.asyncDispose` or
   * `Symbol.dispose` method, where it has one. Instances of `transient` plugins belong to their callers.
   */
  readonly dispose?: (instance: T) => void | Promise<void>;
}

interface ClassOptions<T extends object, S extends Schema> extends CommonOptions<T, S> {
  readonly class: new (context: CreateContext<ConfigOf<S>>) => T;
  readonly create?: never;
  readonly lifetime?: Lifetime;
}

interface CreateOptions<T extends object, S extends Schema> extends CommonOptions<T, S> {
  readonly create: (context: CreateContext<ConfigOf<S>>) => T | Promise<T>;
  readonly class?: never;
  readonly lifetime?: "singleton";
}

interface TransientCreateOptions<T extends object, S extends Schema> extends CommonOptions<T, S> {
  readonly create: (context: CreateContext<ConfigOf<S>>) => T;
  readonly class?: never;
  readonly lifetime: "transient";
}

/** Give either `class` or `create`; the `create` of a `transient` plugin must be synchronous. */
export type PluginOptions<T extends object, S extends Schema> =
  | ClassOptions<T, S>
  | CreateOptions<T, S>
  | TransientCreateOptions<T, S>;

/** How a plugin's instances come to be. */
export type Construction =
  | { readonly kind: "class"; readonly class: new (context: CreateContext<unknown>) => object }
  | {
      readonly kind: "create";
      readonly create: (context: CreateContext<unknown>) => object | Promise<object>;
    };

/** Tries a config; what it returns is a message where it is a text. */
export type Check = (context: CheckContext<unknown>) => unknown;

/** A declared plugin, ready to be registered. Made by `definePlugin`. */
export interface Plugin extends PluginIdentity {
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
}

/**
 * Declares a plugin: one implementation of a plugin type, provided by a module. Whether a class
 * fulfils the type is checked when the plugin is registered.
 *
 * @throws InvalidNameError, InvalidPriorityError, InvalidStatusError, InvalidDefinitionError
 * @example
 * const smsIr = definePlugin(otp, {
 *   name: "sms_ir",
 *   module: "apps/otp-sms",
 *   priority: 10,
 *   description: "Send codes through Sms.ir",
 *   class: SmsIrOtp,
 * });
 */
export function definePlugin<T extends object, Args extends readonly unknown[], S extends Schema = undefined>(
  type: PluginType<T, Args>,
  options: PluginOptions<NoInfer<T>, S>,
): Plugin {
  const name = checkName("plugin name", options.name);
  const module = checkName(`module of plugin "${name}"`, options.module);
  const subject = describePlugin({ module, name });
  if (!isPluginType(type)) {
    throw new InvalidDefinitionError(subject, "is for something that definePluginType did not make");
  }
  const erased = options as unknown as ErasedOptions;
  const plugin = {
    [brand]: true,
    type,
    name,
    module,
    priority: checkPriority(subject, options.priority ?? 0),
    status: checkStatus(subject, options.status ?? "active"),
    description: checkText(`description of ${subject}`, options.description ?? ""),
    aliases: Object.freeze((options.aliases ?? []).map((alias) => checkAlias({ module, name }, alias))),
    lifetime: checkLifetime(subject, options.lifetime ?? "singleton"),
    config: options.config,
    configVersion: checkVersion(subject, erased),
    secrets: secretsOf(subject, erased),
    migrateConfig: erased.migrateConfig,
    construction: constructionOf(subject, erased),
    check: checkOf(subject, erased),
    dispose: erased.dispose,
  };
  return Object.freeze(plugin);
}

export function isPlugin(value: unknown): value is Plugin {
  return typeof value === "object" && value !== null && brand in value;
}

/** The options without their type parameters: `definePlugin`'s signature has done its work by then. */
interface ErasedOptions {
  readonly config?: StandardSchemaV1 | undefined;
  readonly version?: number;
  readonly secrets?: readonly string[];
  readonly migrateConfig?: (config: JsonValue, fromVersion: number) => unknown;
  readonly class?: new (context: CreateContext<unknown>) => object;
  readonly create?: (context: CreateContext<unknown>) => object | Promise<object>;
  readonly check?: Check;
  readonly dispose?: (instance: object) => void | Promise<void>;
}

function constructionOf(subject: string, options: ErasedOptions): Construction {
  const { class: implementation, create } = options;
  if (implementation !== undefined && create !== undefined) {
    throw new InvalidDefinitionError(subject, `has both "class" and "create"; give one`);
  }
  if (typeof implementation === "function") return { kind: "class", class: implementation };
  if (typeof create === "function") return { kind: "create", create };
  throw new InvalidDefinitionError(subject, `has neither a "class" nor a "create" function`);
}

function checkOf(subject: string, { check }: ErasedOptions): Check | undefined {
  if (check === undefined || typeof check === "function") return check;
  throw new InvalidDefinitionError(subject, `has a "check" that is no function`);
}

const noSecrets: readonly string[] = Object.freeze([]);

function secretsOf(subject: string, { config, secrets = [] }: ErasedOptions): readonly string[] {
  if (config === undefined) {
    if (secrets.length === 0) return noSecrets;
    throw new InvalidDefinitionError(subject, `has "secrets", but no "config" schema`);
  }
  const marked = markedSecrets(config);
  const misplaced = marked.find(({ kind }) => kind === "misplaced");
  if (misplaced) {
    throw new InvalidDefinitionError(
      subject,
      `marks "${misplaced.field}" as a secret; a secret is a field that keys alone lead to, not in a list or a record`,
    );
  }
  for (const field of secrets) {
    if (typeof field !== "string" || field.split(".").includes("")) {
      throw new InvalidDefinitionError(
        subject,
        `has ${JSON.stringify(field)} in "secrets"; write "token" or "smtp.password"`,
      );
    }
  }
  const fields = [...new Set([...secrets, ...marked.map(({ field }) => field)])];
  const outer = fields.find((field) => fields.some((other) => other.startsWith(`${field}.`)));
  if (outer !== undefined) {
    throw new InvalidDefinitionError(
      subject,
      `has the secret "${outer}", and another one inside it; a secret is a text`,
    );
  }
  return Object.freeze(fields);
}

function checkVersion(subject: string, { config, version = 1, migrateConfig }: ErasedOptions): number {
  if (!Number.isSafeInteger(version) || version < 1 || version > 2_147_483_647) {
    throw new InvalidDefinitionError(subject, `has the version ${String(version)}; it is an integer from 1`);
  }
  if (version > 1 && typeof migrateConfig !== "function") {
    throw new InvalidDefinitionError(subject, `has the version ${version}, but no "migrateConfig" function`);
  }
  if (config === undefined && migrateConfig !== undefined) {
    throw new InvalidDefinitionError(subject, `has "migrateConfig", but no "config" schema`);
  }
  return version;
}

function checkLifetime(subject: string, value: unknown): Lifetime {
  if (value !== "singleton" && value !== "transient") {
    throw new InvalidDefinitionError(
      subject,
      `has the lifetime ${JSON.stringify(value)}; it is "singleton" or "transient"`,
    );
  }
  return value;
}

function checkAlias(plugin: PluginIdentity, alias: PluginAlias): PluginIdentity {
  const { module = plugin.module, name = plugin.name } = typeof alias === "string" ? { name: alias } : alias;
  return Object.freeze({
    module: checkName(`alias of plugin "${plugin.name}": module`, module),
    name: checkName(`alias of plugin "${plugin.name}": name`, name),
  });
}

import { isObject } from "./contract.ts";
import { isClass } from "./describe.ts";
import type { ErasedOptions } from "./erased-options.ts";
import { InvalidDefinitionError } from "./errors.ts";
import type { PluginIdentity } from "./identity.ts";
import { checkKnown } from "./known-options.ts";
import { checkName } from "./name.ts";
import type { Construction, Lifetime } from "./plugin.ts";
import type { PluginAlias } from "./plugin-options.ts";

export function constructionOf(subject: string, options: ErasedOptions): Construction {
  const { class: implementation, create } = options;
  if (implementation !== undefined && create !== undefined) {
    throw new InvalidDefinitionError(subject, `has both "class" and "create"; give one`);
  }
  if (typeof implementation === "function") {
    if (isObject(implementation.prototype)) return { kind: "class", class: implementation };
    throw new InvalidDefinitionError(
      subject,
      `has a "class" that is none; a function that makes one is "create"`,
    );
  }
  if (typeof create === "function") {
    if (!isClass(create)) return { kind: "create", create };
    throw new InvalidDefinitionError(subject, `has a class as "create"; give it as "class"`);
  }
  throw new InvalidDefinitionError(subject, `has neither a "class" nor a "create" function`);
}

/** The functions of the options are functions, and the schema is one. */
export function checkKinds(subject: string, options: ErasedOptions): void {
  for (const name of ["check", "dispose", "migrateConfig"] as const) {
    const value = options[name];
    if (value === undefined || typeof value === "function") continue;
    throw new InvalidDefinitionError(subject, `has a "${name}" that is not a function`);
  }
  const { config } = options;
  if (config === undefined || (isObject(config) && isObject(config["~standard"]))) return;
  throw new InvalidDefinitionError(
    subject,
    `has a "config" that is no Standard Schema, such as those of zod, valibot or arktype`,
  );
}

export function checkVersion(subject: string, { config, version = 1, migrateConfig }: ErasedOptions): number {
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

export function checkLifetime(subject: string, value: unknown): Lifetime {
  if (value !== "singleton" && value !== "transient") {
    throw new InvalidDefinitionError(
      subject,
      `has the lifetime ${JSON.stringify(value)}; it is "singleton" or "transient"`,
    );
  }
  return value;
}

const aliasNames = { module: true, name: true } as const;

export function checkAlias(plugin: PluginIdentity, alias: PluginAlias): PluginIdentity {
  const given = typeof alias === "string" ? { name: alias } : alias;
  checkKnown(`an alias of plugin "${plugin.name}"`, given, aliasNames);
  const { module = plugin.module, name = plugin.name } = given;
  return Object.freeze({
    module: checkName(`alias of plugin "${plugin.name}": module`, module),
    name: checkName(`alias of plugin "${plugin.name}": name`, name),
  });
}

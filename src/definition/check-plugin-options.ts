import type { ErasedOptions } from "./erased-options.ts";
import { InvalidDefinitionError } from "./errors.ts";
import type { PluginIdentity } from "./identity.ts";
import { checkKnown } from "./known-options.ts";
import { checkName } from "./name.ts";
import type { Check, Construction, Lifetime } from "./plugin.ts";
import type { PluginAlias } from "./plugin-options.ts";

export function constructionOf(subject: string, options: ErasedOptions): Construction {
  const { class: implementation, create } = options;
  if (implementation !== undefined && create !== undefined) {
    throw new InvalidDefinitionError(subject, `has both "class" and "create"; give one`);
  }
  if (typeof implementation === "function") return { kind: "class", class: implementation };
  if (typeof create === "function") return { kind: "create", create };
  throw new InvalidDefinitionError(subject, `has neither a "class" nor a "create" function`);
}

export function checkOf(subject: string, { check }: ErasedOptions): Check | undefined {
  if (check === undefined || typeof check === "function") return check;
  throw new InvalidDefinitionError(subject, `has a "check" that is no function`);
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

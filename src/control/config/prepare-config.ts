import { bringForward } from "../../definition/bring-forward.ts";
import { checkConfig, type SchemaWait } from "../../definition/check-config.ts";
import type { ConfigIssue } from "../../definition/config-issue.ts";
import type { JsonValue, PluginItem } from "../../definition/plugin-item.ts";
import { isThenable } from "../../definition/thenable.ts";
import { keysOf, valueAt, withValueAt } from "../../secrets/config-path.ts";
import { hideInIssues, hideInProblem } from "../../secrets/hide-secrets.ts";
import type { KeyRing } from "../../secrets/key-ring.ts";
import { type OpenedConfig, openConfig } from "../../secrets/open-config.ts";
import { isSealed, isShown } from "../../secrets/sealed-secret.ts";
import { sealedConfig, showConfig } from "../../secrets/shown-config.ts";
import type { Clock } from "../../time/clock.ts";
import { type ChangedField, changedFields, mayBeAddress } from "./changed-addresses.ts";
import { checkJson } from "./check-json.ts";
import { InvalidConfigError } from "./config-errors.ts";
import type { ConfigurablePlugin } from "./configurable.ts";

/** A config as it is stored. */
export interface PreparedConfig {
  readonly config: JsonValue;
  readonly configVersion: number;
}

/** What configs are prepared and tried with. */
export interface Preparation {
  readonly keys: KeyRing;
  readonly wait: SchemaWait;
  readonly clock: Clock;
}

/** The item that the config is for. */
export interface ConfigOwner extends Preparation {
  readonly plugin: ConfigurablePlugin;
  readonly itemId: string;
  /** The item as it is; absent for a new one. */
  readonly before?: PluginItem | undefined;
}

/** A config that somebody sent, as the plugin's code gets it. */
export interface SentConfig {
  /** With its secrets in clear. */
  readonly config: JsonValue;
  /** What the schema made of it. */
  readonly parsed: unknown;
  /** The secrets in it, and those that it replaces, to be kept out of messages. */
  readonly secrets: readonly string[];
}

/**
 * A config that somebody sent, once the plugin's schema has taken it. It is stored as it was sent: what the
 * schema makes of it (defaults, transformations) is made anew by every process. Secrets are encrypted; one
 * that is left out, blank or as it is shown stays as it was, and null removes it.
 *
 * @throws InvalidConfigError, which tells no secret; NoKeyError, SchemaTimeoutError
 */
export async function prepareConfig(owner: ConfigOwner, sent: unknown): Promise<PreparedConfig> {
  const { config } = await readSentConfig(owner, sent);
  return { config: sealSecrets(owner, config), configVersion: owner.plugin.configVersion };
}

/**
 * As `prepareConfig`, for a config that is to be used and not stored.
 *
 * @throws InvalidConfigError, which tells no secret
 */
async function readSentConfig(owner: Omit<ConfigOwner, "itemId">, sent: unknown): Promise<SentConfig> {
  const { plugin } = owner;
  const json = checkJson(sent);
  if ("issues" in json) throw new InvalidConfigError(plugin, json.issues);
  const filled = fillSecrets(owner, json.value);
  const refuse = (issues: readonly ConfigIssue[]): never => {
    throw new InvalidConfigError(plugin, hideInIssues(issues, filled.secrets));
  };
  if (filled.issues.length > 0) return refuse(filled.issues);
  // The schema gets a copy: one that changes what it reads must not change what is stored.
  const answer = checkConfig(plugin.config, structuredClone(filled.config ?? {}));
  const checked = isThenable(answer) ? await owner.wait(plugin, answer) : answer;
  if (checked.kind === "invalid") return refuse(checked.issues);
  if (checked.kind === "threw") {
    const { issues, cause } = hideInProblem("its schema threw", checked.error, filled.secrets);
    throw new InvalidConfigError(plugin, issues, cause);
  }
  return { config: filled.config, parsed: checked.value, secrets: filled.secrets };
}

/** A config that is tried. */
export interface TriedConfig extends SentConfig {
  /** Whether it has secrets that nobody sent, as they are stored. */
  readonly usesStored: boolean;
  /** The fields, such as `smtp.port`, that are not as they are stored. */
  readonly differing: readonly string[];
}

/**
 * As `readSentConfig`, for a config that is tried with the stored secrets that it leaves out. None of them is sent to
 * another address than it was saved for: where a field that may be one differs, they have to be typed again.
 *
 * @throws InvalidConfigError, which tells no secret
 */
export async function readTriedConfig(
  owner: Omit<ConfigOwner, "itemId">,
  sent: unknown,
): Promise<TriedConfig> {
  const json = checkJson(sent);
  const { before } = owner;
  if (before === undefined || "issues" in json) {
    return { ...(await readSentConfig(owner, sent)), usesStored: false, differing: [] };
  }
  const { kept, changed, secrets } = compare(owner, before, json.value);
  const addresses = changed.filter((field) => mayBeAddress(field, owner.plugin)).map(nameOf);
  // Before the schema, which is the plugin's code, sees them together.
  if (kept.length > 0 && addresses.length > 0) {
    const message = `has to be entered again, for it may be sent elsewhere: not as stored is ${addresses.join(", ")}`;
    const issues = kept.map((field) => ({ path: keysOf(field), message }));
    throw new InvalidConfigError(owner.plugin, hideInIssues(issues, secrets));
  }
  const read = await readSentConfig(owner, sent);
  return { ...read, usesStored: kept.length > 0, differing: changed.map(nameOf) };
}

const nameOf = ({ keys }: ChangedField): string => keys.join(".");

/** The secrets that were not sent, and all fields that are not as they are stored. */
function compare(owner: Omit<ConfigOwner, "itemId">, before: PluginItem, sent: JsonValue) {
  const { plugin, keys } = owner;
  const { config, secrets } = fillSecrets(owner, sent);
  const stored = broughtForward(plugin, before, openConfig(before, plugin.secrets, keys));
  const kept = plugin.secrets.filter(
    (field) => typeof valueAt(config, field) === "string" && isLeftOut(valueAt(sent, field)),
  );
  return { kept, changed: changedFields(stored, config), secrets };
}

/** Whether the stored secret is to be used. */
const isLeftOut = (value: JsonValue | undefined): boolean =>
  value === undefined || value === "" || isShown(value);

/**
 * An item's config as the plugin's code of today has it, with its secrets in clear.
 *
 * @throws InvalidConfigError, which tells no secret
 */
export function presentConfig(plugin: ConfigurablePlugin, item: PluginItem, keys: KeyRing): unknown {
  const { config, secrets, issues } = openConfig(item, plugin.secrets, keys);
  if (issues.length > 0) throw new InvalidConfigError(plugin, issues);
  return presentForm(plugin, config, item.configVersion, secrets);
}

/**
 * A config of some version as the plugin's code of today has it.
 *
 * @throws InvalidConfigError, which tells none of the secrets
 */
export function presentForm(
  plugin: ConfigurablePlugin,
  config: JsonValue,
  version: number,
  secrets: readonly string[],
): unknown {
  try {
    return config === null ? config : bringForward(plugin, config, version);
  } catch (error) {
    const { issues, cause } = hideInProblem("it could not be brought forward", error, secrets);
    throw new InvalidConfigError(plugin, issues, cause);
  }
}

/** The config that was sent with all of its secrets in clear. */
function fillSecrets({ plugin, keys, before }: Omit<ConfigOwner, "itemId">, sent: JsonValue): OpenedConfig {
  const secrets: string[] = [];
  const issues: ConfigIssue[] = [];
  if (plugin.secrets.length === 0) return { config: sent, secrets, issues };
  const old = before && openConfig(before, plugin.secrets, keys);
  const oldConfig = before && old && broughtForward(plugin, before, old);
  secrets.push(...(old?.secrets ?? []));
  let config = sent;
  for (const field of plugin.secrets) {
    const value = valueAt(sent, field);
    const path = keysOf(field);
    if (isLeftOut(value)) {
      const unreadable = old?.issues.find((issue) => issue.path.join(".") === field);
      if (unreadable) issues.push(unreadable);
      const kept = valueAt(oldConfig, field);
      if (typeof kept === "string") secrets.push(kept);
      config = withValueAt(config, field, kept === null ? undefined : kept);
    } else if (value === null) config = withValueAt(config, field, undefined);
    else if (typeof value === "string") secrets.push(value);
    else issues.push({ path, message: "is a secret, and a secret is a text" });
  }
  return { config, secrets, issues };
}

/** One that cannot be brought forward is being repaired: what has kept its place is kept. */
function broughtForward(plugin: ConfigurablePlugin, item: PluginItem, { config }: OpenedConfig): JsonValue {
  try {
    return config === null ? config : (bringForward(plugin, config, item.configVersion) as JsonValue);
  } catch {
    return config;
  }
}

/** The config as it is stored. A secret that is as it was keeps its ciphertext, so that nothing has changed. */
function sealSecrets({ plugin, keys, clock, itemId, before }: ConfigOwner, config: JsonValue): JsonValue {
  let sealed = config;
  for (const field of plugin.secrets) {
    const value = valueAt(config, field);
    if (typeof value !== "string") continue;
    const place = { itemId, path: keysOf(field) };
    const old = before && valueAt(sealedConfig(before.config), field);
    const isKept = isSealed(old) && opens(keys, old, place) === value;
    const secret = isKept
      ? old
      : keys.seal(value, place, timeAfter(clock, isSealed(old) ? old.at : undefined));
    sealed = withValueAt(sealed, field, secret as unknown as JsonValue);
  }
  return showConfig(sealed);
}

function opens(keys: KeyRing, ...sealed: Parameters<KeyRing["open"]>): string | undefined {
  try {
    return keys.open(...sealed);
  } catch {
    return undefined;
  }
}

/** Now, or just after the time of the value before: no two values of a field are of one time. */
function timeAfter(clock: Clock, at: string | undefined): string {
  const after = at === undefined ? 0 : Date.parse(at) + 1;
  return new Date(Math.max(clock.now(), Number.isNaN(after) ? 0 : after)).toISOString();
}

import type { ConfigField, ConfigValue } from "../../definition/config-value.ts";
import { itemLabel } from "../../definition/describe.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { Check, Plugin } from "../../definition/plugin.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { type ErrorKind, PlugbayError } from "../../errors.ts";
import { type CheckSubject, performCheck } from "../../instances/perform-check.ts";
import { UnknownPluginError, UnknownTypeError } from "../../registry/errors.ts";
import { messageOf } from "../../thrown.ts";
import { warn } from "../../warn.ts";
import { requireItem } from "../item-of.ts";
import type { View } from "../view.ts";
import type { CheckedBy } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { NotCheckableError, NotConfigurableError } from "./config-errors.ts";
import { isConfigurable } from "./configurable.ts";
import { type PluginByName, type PluginByToken, pluginNames } from "./plugin-names.ts";
import { type Preparation, presentConfig, readTriedConfig } from "./prepare-config.ts";

/** How long a check may take. */
export interface CheckOptions {
  /** How long the plugin's `check` may take, in milliseconds; then it does not work. Default 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** A config of an item that is not there yet, of a plugin by its names. */
export interface UnsavedConfig extends PluginByName {
  /** As the plugin's schema takes it. Default `{}`. */
  readonly config?: ConfigValue | undefined;
}

/** A config of an item that is not there yet, which the compiler checks by the plugin's schema, too. */
export type UnsavedConfigOf<Input> = PluginByToken<Input> &
  ConfigField<
    NoInfer<Input>,
    {
      /** The plugin has no schema, so it takes no config. */
      readonly config?: undefined;
    }
  >;

/** A config for an item that is there. */
export interface ItemCheckOptions extends CheckOptions {
  /** The complete config, as the plugin's schema takes it. Default: the item's own. */
  readonly config?: ConfigValue | undefined;
}

const itemCheckNames: OptionNames<ItemCheckOptions> = { config: true, timeoutMs: true };
const configCheckNames: OptionNames<UnsavedConfig & CheckOptions> = {
  type: true,
  module: true,
  name: true,
  plugin: true,
  config: true,
  timeoutMs: true,
};

/** What came of a check. */
export interface CheckResult {
  /** Whether it works. */
  readonly ok: boolean;
  /** What the plugin says of it, or why it does not work; null where there is nothing to say. Tells no secret. */
  readonly message: string | null;
  /** Milliseconds. */
  readonly durationMs: number;
}

interface CheckablePlugin extends Plugin {
  readonly check: Check;
}

/** The kinds of errors that say that nothing could be written. */
const withoutDatabase: ReadonlySet<ErrorKind> = new Set(["unavailable", "timeout", "failed"]);

/** What is tried, and how it stands to what is stored. */
interface Tried {
  readonly subject: CheckSubject;
  /** Whether stored secrets are used. */
  readonly usesStored: boolean;
  readonly differing: readonly string[];
}

const defaultTimeoutMs = 10_000;

/** Tries configs, saved or not, by the `check` of their plugins. Writes nothing but that stored secrets were used. */
export class ConfigChecks {
  readonly #view: View;
  readonly #writer: Writer;
  readonly #preparation: Preparation;

  constructor(view: View, writer: Writer, preparation: Preparation) {
    this.#view = view;
    this.#writer = writer;
    this.#preparation = preparation;
  }

  async checkItem(id: string, options: ItemCheckOptions, by: CheckedBy): Promise<CheckResult> {
    checkKnown("checkItem", options, itemCheckNames);
    const { config, timeoutMs } = options;
    const limit = checkLimit(timeoutMs);
    const { type, item } = requireItem(this.#view.snapshot, id);
    const plugin = this.#checkable(type.row, item);
    const { subject, usesStored, differing } = await this.#subject(plugin, config, item);
    // Before the secrets go anywhere.
    if (usesStored) await this.#note(item, differing, by);
    // A config that is only tried made none of what serves.
    const lease = config === undefined ? this.#view.lease(item) : undefined;
    return this.#run({ ...subject, instance: lease?.instance, release: () => lease?.release() }, limit);
  }

  /** In the history; where no database takes that, in the log: who looks for a way out needs the check most then. */
  async #note(item: PluginItem, differing: readonly string[], by: CheckedBy): Promise<void> {
    try {
      await this.#writer.noteCheck(item.id, differing, by);
    } catch (error) {
      if (!(error instanceof PlugbayError) || !withoutDatabase.has(error.kind)) throw error;
      const who = by.actor ?? "somebody";
      const how = differing.length === 0 ? "as it is stored" : `with other ${differing.join(", ")}`;
      warn(
        `${who} tries item ${itemLabel(item)} with its stored secrets, ${how}; the history cannot tell it`,
        error,
      );
    }
  }

  async checkConfig(
    unsaved: (PluginByName | PluginByToken<unknown>) & CheckOptions & { readonly config?: unknown },
  ): Promise<CheckResult> {
    checkKnown("checkConfig", unsaved, configCheckNames);
    const { config, timeoutMs } = unsaved;
    const { type, module, name } = pluginNames(unsaved);
    const limit = checkLimit(timeoutMs);
    const registered = this.#view.registry.type(type);
    if (registered === undefined) throw new UnknownTypeError(type);
    const plugin = this.#checkable(registered, { module, name });
    return this.#run((await this.#subject(plugin, config)).subject, limit);
  }

  /** The plugin, if the caller may try its configs: with them go the stored secrets. */
  #checkable(type: TypeIdentity, { module, name }: { module: string; name: string }): CheckablePlugin {
    this.#writer.checkMayChange(type);
    const plugin = this.#view.registry.plugin(type, module, name);
    if (plugin === undefined) throw new UnknownPluginError(type, { module, name });
    if (!isCheckable(plugin)) throw new NotCheckableError(type, plugin);
    return plugin;
  }

  async #subject(plugin: CheckablePlugin, sent: unknown, before?: PluginItem): Promise<Tried> {
    const { check } = plugin;
    if (!isConfigurable(plugin)) {
      if (sent !== undefined) throw new NotConfigurableError(plugin.type, plugin);
      return { subject: { check, config: undefined, secrets: [] }, usesStored: false, differing: [] };
    }
    const stored = before && sent === undefined ? presentConfig(plugin, before, this.#preparation.keys) : {};
    const { parsed, secrets, usesStored, differing } = await readTriedConfig(
      { plugin, ...this.#preparation, before },
      sent ?? stored,
    );
    const hasStored = before !== undefined && sent === undefined && secrets.length > 0;
    return { subject: { check, config: parsed, secrets }, usesStored: usesStored || hasStored, differing };
  }

  async #run(subject: CheckSubject, timeoutMs: number): Promise<CheckResult> {
    const { clock } = this.#preparation;
    const startedAt = clock.monotonic();
    const told = (ok: boolean, message: string | null): CheckResult => ({
      ok,
      message,
      durationMs: Math.round(clock.monotonic() - startedAt),
    });
    return performCheck(subject, { clock, timeoutMs, keepAlive: true }).then(
      (message) => told(true, message),
      (error: unknown) => told(false, messageOf(error)),
    );
  }
}

const isCheckable = (plugin: Plugin): plugin is CheckablePlugin => plugin.check !== undefined;

function checkLimit(timeoutMs = defaultTimeoutMs): number {
  if (Number.isFinite(timeoutMs) && timeoutMs > 0) return timeoutMs;
  throw new InvalidOptionError("timeoutMs", timeoutMs, "it is a number of milliseconds above 0");
}

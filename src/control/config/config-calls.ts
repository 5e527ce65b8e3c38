import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { Plugin } from "../../definition/plugin.ts";
import { compareText } from "../../selection/order.ts";
import { requireType } from "../item-of.ts";
import { bringUpToDate, type View } from "../view.ts";
import type { CheckedBy } from "../writing/changed.ts";
import type {
  CheckOptions,
  CheckResult,
  ConfigChecks,
  ItemCheckOptions,
  UnsavedConfig,
  UnsavedConfigOf,
} from "./config-checks.ts";
import { isConfigurable } from "./configurable.ts";

/** What takes a config, and whether a config works. */
export interface ConfigCalls {
  /**
   * The plugins of a type that take configs, by module and name: those of this process, which therefore can
   * have items added.
   *
   * @throws TypeNotFoundError, ClosedError
   * @example
   * const plugins = await plugbay.control.configurablePlugins(typeId);
   */
  configurablePlugins(typeId: string): Promise<Plugin[]>;

  /**
   * Tries whether an item works, by its plugin's `check`: with its own config, or with one that is not saved, whose
   * secrets are read as `updateItem` reads them. Whether it works is in the result; the item stays as it is.
   *
   * It takes the right to change the item. A check that uses stored secrets is recorded in the history first: who asked
   * for it, and which fields differed from the stored config. Where one of the plugin's `addresses` differs, the secrets
   * have to be sent again; for a plugin that does not list them, every field that looks like an address
   * counts, such as `host` or a text with a dot.
   *
   * @throws ItemNotFoundError, InvalidConfigError, NotCheckableError, UnknownPluginError, NotConfigurableError,
   *   ForbiddenError, InvalidOptionError
   * @example
   * const draft = { config: { account: "acct_2" } };
   * const { ok, message } = await plugbay.control.checkItem(eu.id, draft, { actor: "alice" });
   */
  checkItem(id: string, options?: ItemCheckOptions, by?: CheckedBy): Promise<CheckResult>;

  /**
   * As `checkItem`, for a config of an item that is not there yet.
   *
   * @throws UnknownTypeError; and as `checkItem`
   * @example
   * await plugbay.control.checkConfig({ plugin: stripe, config: { account: "acct_1" } });
   */
  checkConfig<Input>(unsaved: (UnsavedConfig | UnsavedConfigOf<Input>) & CheckOptions): Promise<CheckResult>;
}

const authorNames: OptionNames<CheckedBy> = { actor: true, source: true };

export const configCalls = (view: View, checks: ConfigChecks): ConfigCalls => ({
  async configurablePlugins(typeId) {
    await bringUpToDate(view);
    const plugins = view.registry.plugins(requireType(view.snapshot, typeId).row).filter(isConfigurable);
    return plugins.sort(
      (one, other) => compareText(one.module, other.module) || compareText(one.name, other.name),
    );
  },
  async checkItem(id, options = {}, by = {}) {
    checkKnown("checkItem", by, authorNames);
    await bringUpToDate(view);
    return checks.checkItem(id, options, by);
  },
  checkConfig: async (unsaved) => checks.checkConfig(unsaved),
});

import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import type { JsonValue, ManagedBy } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";

/** Items as a file has them, which `plugbay export` writes and `plugbay import` reads. */
export interface ItemsDocument {
  /** The version of this form. */
  readonly plugbay: 1;
  /** The plugin types, each with its items. */
  readonly types: readonly DocumentType[];
}

/** A plugin type, with its items. */
export interface DocumentType extends TypeIdentity {
  /** The items of the type. */
  readonly items: readonly DocumentItem[];
}

/** An item that an import creates or updates. What is left out stays as it is; a new item gets what its plugin says. */
export interface DocumentItem extends PluginIdentity {
  /** Default `""`. */
  readonly label?: string;
  /** Left out: it stays as it is; a new item gets the plugin's. */
  readonly status?: Status;
  /** -32768 to 32767; the lower number is served first. Left out: as with `status`. */
  readonly priority?: number;
  /** For operators. Left out: it stays as it is; `""` for a new item. */
  readonly description?: string;
  /**
   * The complete config. In its texts `${NAME}` is a variable of the environment, and `$${` the text `${`. A text
   * that is one variable and nothing else is a number, a flag or null where the schema refuses the text.
   */
  readonly config?: JsonValue;
  /** The version of the plugin's code that the config is written for. Default: the present one. */
  readonly configVersion?: number;
  /** `file`: operators may only take it out of use. Left out: they may change it. */
  readonly managed?: ManagedBy;
}

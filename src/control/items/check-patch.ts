import { checkStatus } from "../../definition/check-status.ts";
import type { ConfigValue } from "../../definition/config-value.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import { checkLabel } from "../../definition/name.ts";
import { checkPriority } from "../../definition/priority.ts";
import type { Status } from "../../definition/status.ts";
import { checkText } from "../../definition/text.ts";

/** The fields of an item that an operator sets. */
export interface ItemPatch {
  /** What the operator wants: `active`, `reserve` or `disable`. */
  readonly status?: Status | undefined;
  /** -32768 to 32767; the lower number is served first. */
  readonly priority?: number | undefined;
  /** For operators. */
  readonly description?: string | undefined;
  /** Of an item of a configurable plugin; no two items of one plugin have the same. */
  readonly label?: string | undefined;
  /** The complete config, as the plugin's schema takes it. At most 256 kB of JSON. */
  readonly config?: ConfigValue | undefined;
}

/** The fields that are to be changed, and only those. */
export type CheckedPatch = { readonly [Field in keyof ItemPatch]?: Exclude<ItemPatch[Field], undefined> };

const optionNames: OptionNames<ItemPatch> = {
  status: true,
  priority: true,
  description: true,
  label: true,
  config: true,
};

/** @throws UnknownOptionError, InvalidStatusError, InvalidPriorityError, InvalidNameError */
export function checkPatch(id: string, patch: ItemPatch): CheckedPatch {
  const subject = `plugin item ${id}`;
  checkKnown(`an update of ${subject}`, patch, optionNames);
  const { status, priority, description, label, config } = patch;
  return {
    ...(status !== undefined && { status: checkStatus(subject, status) }),
    ...(priority !== undefined && { priority: checkPriority(subject, priority) }),
    ...(description !== undefined && { description: checkText(`description of ${subject}`, description) }),
    ...(label !== undefined && { label: checkLabel(`label of ${subject}`, label) }),
    ...(config !== undefined && { config }),
  };
}

export function checkVersion(version: number | undefined): number | undefined {
  if (version !== undefined && !Number.isInteger(version)) {
    throw new InvalidOptionError("version", version, "it is the integer that the item was read with");
  }
  return version;
}

import { checkStatus } from "../../definition/check-status.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkLabel } from "../../definition/name.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";
import { checkPriority } from "../../definition/priority.ts";
import type { Status } from "../../definition/status.ts";
import { checkText } from "../../definition/text.ts";

/** The fields of an item that an operator sets. */
export interface ItemPatch {
  readonly status?: Status;
  readonly priority?: number;
  readonly description?: string;
  /** Of an item of a configurable plugin; no two items of one plugin have the same. */
  readonly label?: string;
  /** The whole config, as the plugin's schema takes it. At most 256 kB of JSON. */
  readonly config?: JsonValue;
}

export function checkPatch(id: string, patch: ItemPatch): ItemPatch {
  const subject = `plugin item ${id}`;
  const { status, priority, description, label, config, ...rest } = patch;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new InvalidOptionError(
      unknown,
      Object.values(rest)[0],
      "an update has status, priority, description, label and config",
    );
  }
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

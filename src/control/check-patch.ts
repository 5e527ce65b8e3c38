import { checkPriority } from "../definition/priority.ts";
import { checkStatus, type Status } from "../definition/status.ts";
import { checkText } from "../definition/text.ts";
import { InvalidOptionError } from "../errors.ts";

/** The fields of an item that an operator sets. */
export interface ItemPatch {
  readonly status?: Status;
  readonly priority?: number;
  readonly description?: string;
}

export function checkPatch(id: string, patch: ItemPatch): ItemPatch {
  const subject = `plugin item ${id}`;
  const { status, priority, description, ...rest } = patch;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new InvalidOptionError(
      unknown,
      Object.values(rest)[0],
      "an update has status, priority and description",
    );
  }
  return {
    ...(status !== undefined && { status: checkStatus(subject, status) }),
    ...(priority !== undefined && { priority: checkPriority(subject, priority) }),
    ...(description !== undefined && { description: checkText(`description of ${subject}`, description) }),
  };
}

export function checkVersion(version: number | undefined): number | undefined {
  if (version !== undefined && !Number.isInteger(version)) {
    throw new InvalidOptionError("version", version, "it is the integer that the item was read with");
  }
  return version;
}

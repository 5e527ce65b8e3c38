import { itemLabel } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import { colors } from "./colors.ts";
import { inOneLine } from "./shown-text.ts";

/** `otp (apps/otp)`, as in the diff of a sync. */
export const typeName = ({ manager, name }: TypeIdentity): string => inOneLine(`${name} (${manager})`);

/** `apps/otp-sms:sms_ir of otp (apps/otp)` */
export const itemName = (item: PluginItem): string =>
  `${inOneLine(itemLabel(item))} of ${typeName(item.type)}`;

/** `1 plugin`, `2 plugins` */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The words that operators see. */
export const statusWords = { active: "Active", reserve: "Reserved", disable: "Disabled" } as const;

const statusColors = { active: colors.green, reserve: colors.yellow, disable: colors.dim } as const;

/** A status as operators see it. */
export const statusWord = (status: Status): string => statusColors[status](statusWords[status]);

/** A line for each field that differs, such as `priority: 10 -> 5`. */
export function changedFields(before: object, after: object): string[] {
  const old: Readonly<Record<string, unknown>> = { ...before };
  return Object.entries(after)
    .filter(([field, value]) => !Object.is(old[field], value))
    .map(([field, value]) => `${field}: ${JSON.stringify(old[field])} -> ${JSON.stringify(value)}`);
}

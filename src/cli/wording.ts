import { itemLabel } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import { configDifferences, fingerprintOf } from "../secrets/config-differences.ts";
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

/** A line for each field that differs, such as `priority: 10 -> 5`; of a config, for each path, such as `config.host`. */
export function changedFields(before: object, after: object): string[] {
  const old: Readonly<Record<string, JsonValue>> = { ...before };
  return Object.entries(after)
    .filter(([field, value]) => !Object.is(old[field], value))
    .flatMap(([field, value]) => {
      const differences = field === "config" ? configDifferences(old[field], value) : [];
      // Of one that is new or gone, and where only the order of keys differs, all is said.
      if (differences.length === 0 || differences.some(({ path }) => path === "")) {
        return [`${field}: ${JSON.stringify(old[field])} -> ${JSON.stringify(value)}`];
      }
      return differences.map((one) =>
        inOneLine(`${field}.${one.path}: ${shown(one.before)} -> ${shown(one.after)}`),
      );
    });
}

/** A value of a config: of a secret its fingerprint. */
function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  const fingerprint = fingerprintOf(value);
  return fingerprint === undefined ? JSON.stringify(value) : `secret ${fingerprint}`;
}

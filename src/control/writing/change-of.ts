import { isSameHold } from "../../definition/hold.ts";
import { isSameLead } from "../../definition/lead.ts";
import { isSameConfig } from "../../secrets/shown-config.ts";
import type { Action, RowChange } from "../../store/change.ts";
import type { ItemRow } from "../../store/rows.ts";

/** The change that makes `before` into `after`; none where they are the same. */
export function changeOf(action: Action, before: ItemRow, after: ItemRow): RowChange[] {
  const isSame =
    before.status === after.status &&
    before.priority === after.priority &&
    before.description === after.description &&
    before.label === after.label &&
    before.configVersion === after.configVersion &&
    before.managed === after.managed &&
    isSameHold(before.hold, after.hold) &&
    isSameLead(before.lead, after.lead) &&
    isSameConfig(before.config, after.config) &&
    before.retiredAt === after.retiredAt &&
    before.retiredBy === after.retiredBy;
  return isSame ? [] : [{ entity: "item", action, before, after }];
}

import { codeDifferences } from "../../control/list/code-differences.ts";
import type { ListedItem } from "../../control/list/list-query.ts";
import type { Hold } from "../../definition/hold.ts";
import type { Lead } from "../../definition/lead.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Registry } from "../../registry/registry.ts";
import type { Readiness } from "../../selection/readiness.ts";
import type { ItemInfo, ItemName } from "../contract/contract.ts";
import { presentReadiness } from "./readiness.ts";

export const presentName = ({ id, module, name, label }: ItemName): ItemName => ({ id, module, name, label });

/** An item's name, with its type's. */
export const presentFullName = (item: PluginItem) => ({ ...presentName(item), type: item.type });

const presentHold = ({ reason, until, by, since }: Hold): NonNullable<ItemInfo["hold"]> => ({
  ...{ reason, by, since },
  ...(until !== undefined && { until }),
});

/** An item that is not from a list, with what was found about it. */
export const presentFound = (
  item: PluginItem,
  readiness: Readiness,
  registry: Registry,
  mayWrite: boolean,
): ItemInfo =>
  presentItem({ ...item, readiness, differsFromCode: codeDifferences(item, registry) }, mayWrite);
const presentLead = ({ until, by, since }: Lead): NonNullable<ItemInfo["lead"]> => ({ until, by, since });

export function presentItem(item: ListedItem, mayWrite: boolean): ItemInfo {
  const { id, typeId, module, name, label } = item;
  const { type, status, priority, description, config, managed, version, revision } = item;
  const { hold = null, lead = null, retiredAt, retiredBy, createdAt, updatedAt } = item;
  // Spelt out: what is spread into an object and then added to takes ten times the time and memory.
  return {
    id,
    module,
    name,
    label,
    type,
    typeId,
    status,
    priority,
    description,
    config,
    managed,
    hold: hold && presentHold(hold),
    lead: lead && presentLead(lead),
    version,
    revision,
    readiness: presentReadiness(item.readiness),
    differsFromCode: item.differsFromCode,
    mayWrite,
    retiredAt,
    retiredBy,
    createdAt,
    updatedAt,
  };
}

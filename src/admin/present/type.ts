import type { Control } from "../../control/control.ts";
import type { TypeExplanation } from "../../control/diagnosis/explain-type.ts";
import type { ServingNow } from "../../control/fleet/serving-now.ts";
import type { ListedType } from "../../control/list/list-types.ts";
import type { Registry } from "../../registry/registry.ts";
import type { TypeDetail, TypeInfo } from "../contract/contract.ts";
import { presentFound, presentName } from "./item.ts";

export function presentType(type: ListedType, control: Control, serves: ServingNow): TypeInfo {
  const { id, manager, name, description, isRegistered, hasSelector, counts, health, serving } = type;
  return {
    id,
    manager,
    name,
    description,
    isRegistered,
    hasSelector,
    mayWrite: control.mayChange(type),
    counts,
    health,
    serving: serving ? presentName(serving) : null,
    servingNow: presentServingNow(serves),
  };
}

const presentServingNow = ({ processes, by }: ServingNow): TypeInfo["servingNow"] => ({
  processes,
  by: by.map(({ item, ...rest }) => ({ item: item ? presentName(item) : null, ...rest })),
});

export function presentTypeDetail(
  type: ListedType,
  { items, selectorError }: TypeExplanation,
  control: Control,
  serves: ServingNow,
  registry: Registry,
): TypeDetail {
  const shown = presentType(type, control, serves);
  return {
    ...shown,
    items: items.map(({ item, readiness, reason }) => ({
      ...presentFound(item, readiness, registry, shown.mayWrite),
      reason,
    })),
    ...(selectorError && { selectorError: selectorError.message }),
  };
}

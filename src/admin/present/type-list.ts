import type { Control } from "../../control/control.ts";
import type { FleetView } from "../../control/fleet/fleet-calls.ts";
import type { ServingNow } from "../../control/fleet/serving-now.ts";
import type { ListedType } from "../../control/list/list-types.ts";
import type { TypeInfo, TypeList } from "../contract/contract.ts";
import { JsonText, jsonArray, jsonObject } from "../json-text.ts";
import { presentType } from "./type.ts";

interface Made {
  readonly serves: ServingNow;
  readonly text: JsonText<TypeInfo>;
}

/** By whether the caller may change the type. `control.types` and the fleet give another object for what changed. */
const made = { read: new WeakMap<ListedType, Made>(), write: new WeakMap<ListedType, Made>() };

/** The list of types, each made into JSON once for as long as nothing in it changes: there may be thousands. */
export const presentTypes = (
  types: readonly ListedType[],
  control: Control,
  fleet: FleetView,
): JsonText<TypeList> =>
  jsonObject<TypeList>({
    types: jsonArray(types.map((type) => presented(type, control, fleet.servingNow(type.id)))),
  });

function presented(type: ListedType, control: Control, serves: ServingNow): JsonText<TypeInfo> {
  const texts = made[control.mayChange(type) ? "write" : "read"];
  const known = texts.get(type);
  if (known?.serves === serves) return known.text;
  const text = new JsonText<TypeInfo>(JSON.stringify(presentType(type, control, serves)));
  texts.set(type, { serves, text });
  return text;
}

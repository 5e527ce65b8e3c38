import type { Control } from "../../control/control.ts";
import type { ListedType } from "../../control/list/list-types.ts";
import type { TypeInfo, TypeList } from "../contract/contract.ts";
import { JsonText, jsonArray, jsonObject } from "../json-text.ts";
import { presentType } from "./type.ts";

/** By whether the caller may change the type. `control.types` gives another object for what changed. */
const made = {
  read: new WeakMap<ListedType, JsonText<TypeInfo>>(),
  write: new WeakMap<ListedType, JsonText<TypeInfo>>(),
};

/** The list of types, each made into JSON once for as long as nothing in it changes: there may be thousands. */
export const presentTypes = (types: readonly ListedType[], control: Control): JsonText<TypeList> =>
  jsonObject<TypeList>({ types: jsonArray(types.map((type) => presented(type, control))) });

function presented(type: ListedType, control: Control): JsonText<TypeInfo> {
  const texts = made[control.mayChange(type) ? "write" : "read"];
  const text = texts.get(type) ?? new JsonText<TypeInfo>(JSON.stringify(presentType(type, control)));
  texts.set(type, text);
  return text;
}

import type { TypeExplanation } from "../../control/diagnosis/explain-type.ts";
import { contract, type TypeDetail } from "../contract/contract.ts";
import { presentPlugin } from "../present/plugin.ts";
import { presentTypeDetail } from "../present/type.ts";
import { presentTypes } from "../present/type-list.ts";
import { type Call, handler } from "./handler.ts";

async function describeType(
  id: string,
  explain: () => Promise<TypeExplanation>,
  { control, plugbay: { registry } }: Pick<Call, "control" | "plugbay">,
): Promise<TypeDetail> {
  const type = await control.getType(id);
  const explanation = await explain();
  const serves = (await control.fleet()).servingNow(id);
  return presentTypeDetail(type, explanation, control, serves, registry);
}

export const listTypes = handler(contract.listTypes, async ({ control }) => {
  const fleet = await control.fleet();
  return presentTypes(await control.types(), control, fleet);
});

export const getType = handler(contract.getType, async ({ params: { typeId }, ...call }) =>
  describeType(typeId, () => call.control.explain(typeId), call),
);

export const explainType = handler(
  contract.explainType,
  async ({ params: { typeId }, body: { args }, ...call }) =>
    describeType(typeId, () => call.control.explain(typeId, args), call),
);

export const listPlugins = handler(contract.listPlugins, async ({ params: { typeId }, control }) => {
  return { plugins: (await control.configurablePlugins(typeId)).map(presentPlugin) };
});

export const orderType = handler(
  contract.orderType,
  async ({ params: { typeId }, body: { ids, status, versions }, control, by }) => {
    return control.reorder(ids, { ...by, typeId, status, ...(versions && { versions }) });
  },
);

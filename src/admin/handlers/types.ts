import { contract } from "../contract/contract.ts";
import { presentPlugin } from "../present/plugin.ts";
import { presentTypeDetail } from "../present/type.ts";
import { presentTypes } from "../present/type-list.ts";
import { handler } from "./handler.ts";

export const listTypes = handler(contract.listTypes, async ({ control }) => {
  return presentTypes(await control.types(), control);
});

export const getType = handler(contract.getType, async ({ params: { typeId }, control }) => {
  const type = await control.getType(typeId);
  return presentTypeDetail(type, await control.explain(typeId), control);
});

export const explainType = handler(
  contract.explainType,
  async ({ params: { typeId }, body: { args }, control }) => {
    const type = await control.getType(typeId);
    return presentTypeDetail(type, await control.explain(typeId, args), control);
  },
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

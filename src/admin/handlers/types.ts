import type { Control } from "../../control/control.ts";
import { contract } from "../contract/contract.ts";
import { presentPlugin } from "../present/plugin.ts";
import { presentTypeDetail } from "../present/type.ts";
import { presentTypes } from "../present/type-list.ts";
import { handler } from "./handler.ts";

const servingNow = async (control: Control, typeId: string) => (await control.fleet()).servingNow(typeId);

export const listTypes = handler(contract.listTypes, async ({ control }) => {
  const fleet = await control.fleet();
  return presentTypes(await control.types(), control, fleet);
});

export const getType = handler(contract.getType, async ({ params: { typeId }, control }) => {
  const type = await control.getType(typeId);
  return presentTypeDetail(type, await control.explain(typeId), control, await servingNow(control, typeId));
});

export const explainType = handler(
  contract.explainType,
  async ({ params: { typeId }, body: { args }, control }) => {
    const type = await control.getType(typeId);
    return presentTypeDetail(
      type,
      await control.explain(typeId, args),
      control,
      await servingNow(control, typeId),
    );
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

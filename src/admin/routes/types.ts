import { snapshotOf } from "../../open/facade.ts";
import { presentPlugin } from "../present/plugin.ts";
import { presentTypeDetail } from "../present/type.ts";
import { presentTypes } from "../present/type-list.ts";
import { explainRequest, orderRequest, typeParams } from "../schemas/inputs.ts";
import { route } from "./route.ts";

export const listTypes = route({
  method: "GET",
  path: "/types",
  summary: "All plugin types, with their numbers of items and who serves",
  answer: "TypeList",
  async handle({ control }) {
    return presentTypes(await control.types(), control);
  },
});

export const getType = route({
  method: "GET",
  path: "/types/:typeId",
  summary: "A plugin type and its items, with why each is, or is not, selected",
  params: typeParams,
  answer: "TypeDetail",
  async handle({ params: { typeId }, control, plugbay }) {
    const type = await control.getType(typeId);
    return presentTypeDetail(type, await control.explain(typeId), control, snapshotOf(plugbay));
  },
});

export const explainType = route({
  method: "POST",
  path: "/types/:typeId/explain",
  summary: "The same, for arguments of the type's selector",
  params: typeParams,
  body: explainRequest,
  answer: "TypeDetail",
  async handle({ params: { typeId }, body: { args }, control, plugbay }) {
    const type = await control.getType(typeId);
    return presentTypeDetail(type, await control.explain(typeId, args), control, snapshotOf(plugbay));
  },
});

export const listPlugins = route({
  method: "GET",
  path: "/types/:typeId/plugins",
  summary: "The plugins of a type that take configs, and what configs they take",
  params: typeParams,
  answer: "PluginList",
  async handle({ params: { typeId }, control }) {
    return { plugins: (await control.configurablePlugins(typeId)).map(presentPlugin) };
  },
});

export const orderType = route({
  method: "PUT",
  path: "/types/:typeId/order",
  summary: "Brings items of a type into an order, and into a status",
  writes: true,
  params: typeParams,
  body: orderRequest,
  answer: "Changed",
  async handle({ params: { typeId }, body: { ids, status, versions }, control, by }) {
    return control.reorder(ids, { ...by, typeId, status, ...(versions && { versions }) });
  },
});

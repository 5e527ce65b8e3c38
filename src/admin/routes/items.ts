import { snapshotOf } from "../../open/facade.ts";
import type { ItemList } from "../api.ts";
import { jsonObject } from "../json-text.ts";
import { presentFacets } from "../present/facets.ts";
import { presentItem } from "../present/item.ts";
import { itemsChange, itemsQuery, newItem } from "../schemas/inputs.ts";
import { describeChanged } from "./item.ts";
import { listQuery } from "./list-query.ts";
import { route } from "./route.ts";

export const listItems = route({
  method: "GET",
  path: "/items",
  summary: "Plugin items by search words, filters, sort and page",
  query: itemsQuery,
  answer: "ItemList",
  async handle({ query, control, plugbay }) {
    const { items, ...page } = await control.list(listQuery(query));
    return jsonObject<ItemList>({
      ...page,
      items: items.map((item) => presentItem(item, snapshotOf(plugbay))),
      facets: presentFacets(control.facets()),
    });
  },
});

export const addItem = route({
  method: "POST",
  path: "/items",
  summary: "Adds an item to a plugin that takes configs",
  writes: true,
  body: newItem,
  status: 201,
  answer: "ItemDetail",
  async handle({ body: { typeId, ...item }, ...call }) {
    const type = await call.control.getType(typeId);
    return describeChanged(() => call.control.createItem({ ...item, type }, call.by), call);
  },
});

export const changeItems = route({
  method: "PATCH",
  path: "/items",
  summary: "Changes several items, each in its own way: all of them, or none",
  writes: true,
  body: itemsChange,
  answer: "Changed",
  async handle({ body: { items }, control, by }) {
    return control.updateItems(items, by);
  },
});

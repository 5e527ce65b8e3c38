import { contract, type ItemList } from "../contract/contract.ts";
import { jsonObject } from "../json-text.ts";
import { presentFacets } from "../present/facets.ts";
import { presentItem } from "../present/item.ts";
import { handler } from "./handler.ts";
import { describeChanged } from "./item.ts";
import { listQuery } from "./list-query.ts";

export const listItems = handler(contract.listItems, async ({ query, control }) => {
  const { items, ...page } = await control.list(listQuery(query));
  return jsonObject<ItemList>({
    ...page,
    items: items.map((item) => presentItem(item, control.mayChange(item.type))),
    facets: presentFacets(control.facets()),
  });
});

export const addItem = handler(contract.addItem, async ({ body: { typeId, ...item }, ...call }) => {
  const type = await call.control.getType(typeId);
  return describeChanged(() => call.control.createItem({ ...item, type }, call.by), call);
});

export const changeItems = handler(contract.changeItems, async ({ body: { items }, control, by }) => {
  return control.updateItems(items, by);
});

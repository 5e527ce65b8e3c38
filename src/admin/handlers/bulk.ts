import type { Control } from "../../control/control.ts";
import type { ChosenItems } from "../../control/items/chosen-items.ts";
import type { Changed, ChangeOptions } from "../../control/writing/changed.ts";
import { type BulkRequest, contract } from "../contract/contract.ts";
import { handler } from "./handler.ts";
import { listQuery } from "./list-query.ts";

export const changeInBulk = handler(
  contract.changeInBulk,
  async ({ body: { action, ids, query = {} }, control, by }) => {
    return act(control, action, ids ?? { query: listQuery(query) }, by);
  },
);

function act(
  control: Control,
  action: BulkRequest["action"],
  items: ChosenItems,
  by: ChangeOptions,
): Promise<Changed> {
  switch (action) {
    case "retire":
      return control.retire(items, by);
    case "restore":
      return control.restore(items, by);
    case "activate":
    case "reserve":
    case "disable":
    case "raise":
    case "lower":
    case "reset":
      return control.bulk(items, action, by);
  }
}

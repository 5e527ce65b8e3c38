import type { Control } from "../../control/control.ts";
import type { ChosenItems } from "../../control/items/chosen-items.ts";
import type { Changed, ChangeOptions } from "../../control/writing/changed.ts";
import type { BulkRequest } from "../api.ts";
import { bulkRequest } from "../schemas/inputs.ts";
import { listQuery } from "./list-query.ts";
import { route } from "./route.ts";

export const changeInBulk = route({
  method: "POST",
  path: "/items/bulk",
  summary: "Does one thing to many items, or to all that a query finds: to all of them, or none",
  writes: true,
  body: bulkRequest,
  answer: "Changed",
  async handle({ body: { action, ids, query = {} }, control, by }) {
    return act(control, action, ids ?? { query: listQuery(query) }, by);
  },
});

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
      return control.bulk(items, action, by);
  }
}

import type { Control } from "../../control/control.ts";
import type { PreviewedChange } from "../../control/preview/previewed-change.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { contract, type ItemName, type PreviewRequest } from "../contract/contract.ts";
import { entryPlace } from "../present/entry.ts";
import { handler } from "./handler.ts";
import { listQuery } from "./list-query.ts";

export const preview = handler(contract.preview, async ({ body, control }) => {
  const { types, ...counts } = await control.preview(await previewed(body, control));
  return {
    ...counts,
    types: types.map(({ before, after, ...type }) => ({
      ...type,
      before: before && nameOf(before),
      after: after && nameOf(after),
    })),
  };
});

async function previewed(body: PreviewRequest, control: Pick<Control, "getType">): Promise<PreviewedChange> {
  if (!body.add) return changeOf(body);
  const { typeId, ...item } = body.add;
  const { manager, name } = await control.getType(typeId);
  return { add: { ...item, type: { manager, name } } };
}

function changeOf({
  action,
  ids,
  query = {},
  updates,
  first,
  until,
  forMs,
  order,
  status,
  revert,
  entry,
}: PreviewRequest): PreviewedChange {
  if (action) return { action, items: ids ?? { query: listQuery(query) } };
  if (first) return { first, forMs, ...(until !== undefined && { until: new Date(until) }) };
  if (revert !== undefined) return { revert };
  if (entry !== undefined) return { revert: entryPlace(entry) };
  if (order) return { order, status };
  return {
    updates: (updates ?? []).map(({ hasNewConfig, ...update }) => ({
      ...update,
      ...(hasNewConfig && { config: {} }),
    })),
  };
}

const nameOf = ({ id, module, name, label }: PluginItem): ItemName => ({ id, module, name, label });

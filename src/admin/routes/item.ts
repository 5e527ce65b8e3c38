import type { ProcessKnowledge } from "../../control/process-info.ts";
import type { ConfigIssue } from "../../definition/config-issue.ts";
import { DatabaseUnavailableError, MisconfiguredError, NoConnectionError } from "../../errors.ts";
import type { Readiness } from "../../selection/readiness.ts";
import type { ItemDetail } from "../api.ts";
import { presentIssues } from "../present/issue.ts";
import { presentItem } from "../present/item.ts";
import { presentPlugin } from "../present/plugin.ts";
import { duplicate, itemChange, itemParams } from "../schemas/inputs.ts";
import { type Call, route } from "./route.ts";

export const getItem = route({
  method: "GET",
  path: "/items/:itemId",
  summary: "A plugin item, what the code says of it, and which processes have its plugin",
  params: itemParams,
  answer: "ItemDetail",
  handle: ({ params: { itemId }, ...call }) => describeItem(itemId, call),
});

export const changeItem = route({
  method: "PATCH",
  path: "/items/:itemId",
  summary: "Changes an item, unless somebody else has done so meanwhile",
  writes: true,
  params: itemParams,
  body: itemChange,
  answer: "ItemDetail",
  async handle({ params: { itemId }, body: { version, ...patch }, ...call }) {
    await call.control.updateItem(itemId, patch, { ...call.by, version });
    return describeItem(itemId, call);
  },
});

export const duplicateItem = route({
  method: "POST",
  path: "/items/:itemId/duplicate",
  summary: "Adds a copy of an item, with its config and secrets, under another label",
  writes: true,
  params: itemParams,
  body: duplicate,
  status: 201,
  answer: "ItemDetail",
  async handle({ params: { itemId }, body, ...call }) {
    const { id } = await call.control.duplicateItem(itemId, body, call.by);
    return describeItem(id, call);
  },
});

/** What GET items/:itemId answers. */
export async function describeItem(
  id: string,
  { control, plugbay }: Pick<Call, "control" | "plugbay">,
): Promise<ItemDetail> {
  const { item, readiness, reason } = await control.explainItem(id);
  const plugin = plugbay.registry.plugin(item.type, item.module, item.name);
  return {
    ...presentItem({ ...item, readiness }, plugbay.snapshot),
    reason,
    mayWrite: control.mayChange(item.type),
    mayPurge: control.mayPurge(item.type),
    aliases: (item.aliases ?? []).map(({ module, name }) => ({ module, name })),
    code: plugin
      ? { status: plugin.status, priority: plugin.priority, description: plugin.description }
      : null,
    plugin: plugin?.config ? presentPlugin(plugin) : null,
    configIssues: presentIssues(issuesOf(readiness)),
    processes: (await control.whoKnows(id).catch(nobodyKnown)).map(
      ({ process: { host, pid, version }, knows, failure }) => ({
        ...{ host, pid, version, knows },
        ...(failure !== undefined && { failure }),
      }),
    ),
  };
}

function issuesOf(readiness: Readiness): readonly ConfigIssue[] {
  const error = readiness.kind === "failed" ? readiness.error : undefined;
  return error instanceof MisconfiguredError ? error.issues : [];
}

/** The rest is known without the database. */
function nobodyKnown(error: unknown): ProcessKnowledge[] {
  if (error instanceof DatabaseUnavailableError || error instanceof NoConnectionError) return [];
  throw error;
}

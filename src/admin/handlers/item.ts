import type { ProcessKnowledge } from "../../control/diagnosis/process-info.ts";
import type { ListedItem } from "../../control/list/list-query.ts";
import type { ConfigIssue } from "../../definition/config-issue.ts";
import { PlugbayError } from "../../errors.ts";
import { MisconfiguredError } from "../../instances/errors.ts";
import { explainItems } from "../../selection/explain.ts";
import type { ItemExplanation } from "../../selection/explanation.ts";
import type { Readiness } from "../../selection/readiness.ts";
import { contract, type ItemDetail } from "../contract/contract.ts";
import { presentIssues } from "../present/issue.ts";
import { presentFound } from "../present/item.ts";
import { presentPlugin } from "../present/plugin.ts";
import { type Call, handler } from "./handler.ts";

export const getItem = handler(contract.getItem, ({ params: { itemId }, ...call }) =>
  describeItem(itemId, call),
);

export const changeItem = handler(
  contract.changeItem,
  async ({ params: { itemId }, body: { version, ...patch }, ...call }) => {
    return describeChanged(() => call.control.updateItem(itemId, patch, { ...call.by, version }), call);
  },
);

export const duplicateItem = handler(
  contract.duplicateItem,
  async ({ params: { itemId }, body, ...call }) => {
    return describeChanged(() => call.control.duplicateItem(itemId, body, call.by), call);
  },
);

type Describing = Pick<Call, "control" | "plugbay">;

/**
 * As `describeItem`, of an item that `change` answers with. What is changed is no failure, though plugbay is closed
 * before it serves by it, or the database is lost: then the answer is what was written.
 */
export async function describeChanged(
  change: () => Promise<ListedItem>,
  call: Describing,
): Promise<ItemDetail> {
  const { registry } = call.plugbay;
  const item = await change();
  return describeItem(item.id, call).catch(() => {
    const [explanation] = explainItems([item], registry, undefined, () => item.readiness);
    return describe(explanation as ItemExplanation, [], call);
  });
}

/** What GET items/:itemId answers. */
async function describeItem(id: string, call: Describing): Promise<ItemDetail> {
  const explanation = await call.control.explainItem(id);
  const knowledge = await call.control.whoKnows(id).catch(nobodyKnown);
  return describe(explanation, knowledge, call);
}

function describe(
  { item, readiness, reason }: ItemExplanation,
  knowledge: readonly ProcessKnowledge[],
  { control, plugbay }: Describing,
): ItemDetail {
  const plugin = plugbay.registry.plugin(item.type, item.module, item.name);
  return {
    ...presentFound(item, readiness, plugbay.registry, control.mayChange(item.type)),
    reason,
    mayPurge: control.mayPurge(item.type),
    aliases: (item.aliases ?? []).map(({ module, name }) => ({ module, name })),
    code: plugin
      ? { status: plugin.status, priority: plugin.priority, description: plugin.description }
      : null,
    plugin: plugin?.config ? presentPlugin(plugin) : null,
    checkable: plugin?.check !== undefined,
    configIssues: presentIssues(issuesOf(readiness)),
    processes: knowledge.map(({ process: { host, pid, version }, knows, failure }) => ({
      ...{ host, pid, version, knows },
      ...(failure !== undefined && { failure }),
    })),
  };
}

function issuesOf(readiness: Readiness): readonly ConfigIssue[] {
  const error = readiness.kind === "failed" ? readiness.error : undefined;
  return error instanceof MisconfiguredError ? error.issues : [];
}

/** The rest is known without the database. */
function nobodyKnown(error: unknown): ProcessKnowledge[] {
  if (error instanceof PlugbayError && error.kind === "unavailable") return [];
  throw error;
}

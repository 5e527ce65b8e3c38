import type { ExplainedItem, TypeDetail } from "../../../../src/admin/contract/contract.ts";
import type { Entry } from "./standing.ts";

/** The entries that another first choice may end. */
export const servable: ReadonlySet<string> = new Set([
  "unserved",
  "last-resort",
  "on-reserve",
  "lower-choice",
]);

/**
 * What would best be the first choice: what serves in its place already, else the first of the others that is ready,
 * else one that is not in use. undefined where there is none.
 */
export function bestItem(
  { code, item }: Pick<Entry, "code" | "item">,
  { items }: Pick<TypeDetail, "items">,
): ExplainedItem | undefined {
  const isWell = code === "lower-choice" || code === "on-reserve";
  const serving = isWell ? items.find(({ id }) => id === item?.id) : undefined;
  if (serving) return serving;
  const others = items.filter(({ id, retiredAt }) => retiredAt === null && (isWell || id !== item?.id));
  const inState = (kind: ExplainedItem["readiness"]["kind"]) =>
    others.find(({ readiness }) => readiness.kind === kind);
  return inState("ready") ?? inState("idle");
}

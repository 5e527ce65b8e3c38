import { itemLabel } from "../../definition/describe.ts";
import { formatChange } from "../../sync/format-change.ts";
import type { ImportPlan } from "./import-plan.ts";

/**
 * The plan of an import as a diff for people, in the form of `formatPlan`. Of secrets it shows fingerprints.
 *
 * @example
 * console.log(formatImport(await plugbay.control.planImport(document)));
 * // ~ update item apps/stripe:stripe/eu of gateway (apps/payment)
 * //     config.account: "acct_1" -> "acct_2"
 */
export function formatImport({ changes, counts, unlisted }: ImportPlan): string {
  const { itemsCreated, itemsUpdated, itemsFound, itemsRetired } = counts;
  const left = counts.itemsRetired > 0 ? [] : unlisted;
  const lines = [
    ...changes.flatMap(formatChange),
    ...left.map(
      (item) => `! not in the file: item ${itemLabel(item)} of ${item.type.name} (${item.type.manager})`,
    ),
  ];
  return [
    ...(lines.length === 0 ? ["Nothing to do: the items are as the file says."] : lines),
    "",
    `items: ${itemsCreated} created, ${itemsUpdated} updated, ${itemsFound} found, ${itemsRetired} retired`,
  ].join("\n");
}

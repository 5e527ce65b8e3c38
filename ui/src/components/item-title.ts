import type { ItemName } from "../../../src/admin/contract/contract.ts";

/** An item in a sentence: its name, with the label where it has one. */
export const itemTitle = ({ name, label }: Pick<ItemName, "name" | "label">): string =>
  label === "" ? name : `${name} (${label})`;

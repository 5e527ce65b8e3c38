import { createContext, use } from "react";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import type { Draft } from "./drafts.ts";

/** What the cells of the list share: the columns stay the same while the operator types and selects. */
export interface ListContextValue {
  readonly draftOf: (item: ItemInfo) => Draft;
  readonly edit: (draft: Draft) => void;
  readonly isSelected: (id: string) => boolean;
  readonly toggle: (id: string) => void;
}

export const ListContext = createContext<ListContextValue | undefined>(undefined);

export function useList(): ListContextValue {
  const value = use(ListContext);
  if (value === undefined) throw new Error("useList is used outside of the list of items.");
  return value;
}

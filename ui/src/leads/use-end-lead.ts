import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useEndLeadOf } from "../api/mutations.ts";
import { itemTitle } from "../components/item-title.ts";
import { useTold } from "../components/use-told.ts";
import { useText } from "../i18n/use-text.ts";

/** Has an item that leads go back to its place, and says so. */
export function useEndLead(item: ItemInfo): { readonly isPending: boolean; readonly endLead: () => void } {
  const text = useText();
  const tell = useTold(item);
  const { isPending, mutateAsync } = useEndLeadOf(item.id);
  return {
    isPending,
    endLead: () =>
      tell(mutateAsync({ version: item.version }), text("lead.ended", { item: itemTitle(item) })),
  };
}

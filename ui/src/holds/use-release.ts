import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useReleaseItem } from "../api/mutations.ts";
import { itemTitle } from "../components/item-title.ts";
import { useTold } from "../components/use-told.ts";
import { useText } from "../i18n/use-text.ts";

/** Brings an item back, and says so. */
export function useRelease(item: ItemInfo): { readonly isPending: boolean; readonly release: () => void } {
  const text = useText();
  const tell = useTold(item);
  const { isPending, mutateAsync } = useReleaseItem(item.id);
  return {
    isPending,
    release: () =>
      tell(mutateAsync({ version: item.version }), text("hold.released", { item: itemTitle(item) })),
  };
}

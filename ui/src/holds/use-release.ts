import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useReleaseItem } from "../api/mutations.ts";
import { describeError } from "../components/describe-error.ts";
import { itemTitle } from "../components/item-title.ts";
import { useToast } from "../components/toast-context.ts";
import { useText } from "../i18n/use-text.ts";

/** Brings an item back, and says so. */
export function useRelease(item: ItemInfo): { readonly isPending: boolean; readonly release: () => void } {
  const text = useText();
  const toast = useToast();
  const { isPending, mutateAsync } = useReleaseItem(item.id);
  return {
    isPending,
    release: () =>
      // The menu that it is chosen in may be gone before it is done.
      void mutateAsync({ version: item.version }).then(
        ({ version, revision }) =>
          toast(
            "good",
            text("hold.released", { item: itemTitle(item) }),
            version > item.version ? revision : undefined,
          ),
        (error: unknown) => {
          const { title, detail = "" } = describeError(error, text);
          toast("bad", text("items.failed", { title, detail }));
        },
      ),
  };
}

import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useEndLeadOf } from "../api/mutations.ts";
import { describeError } from "../components/describe-error.ts";
import { itemTitle } from "../components/item-title.ts";
import { useToast } from "../components/toast-context.ts";
import { useText } from "../i18n/use-text.ts";

/** Has an item that leads go back to its place, and says so. */
export function useEndLead(item: ItemInfo): { readonly isPending: boolean; readonly endLead: () => void } {
  const text = useText();
  const toast = useToast();
  const { isPending, mutateAsync } = useEndLeadOf(item.id);
  return {
    isPending,
    endLead: () =>
      // What it is chosen in may be gone before it is done.
      void mutateAsync({ version: item.version }).then(
        ({ version, revision }) =>
          toast(
            "good",
            text("lead.ended", { item: itemTitle(item) }),
            version > item.version ? revision : undefined,
          ),
        (error: unknown) => {
          const { title, detail = "" } = describeError(error, text);
          toast("bad", text("items.failed", { title, detail }));
        },
      ),
  };
}

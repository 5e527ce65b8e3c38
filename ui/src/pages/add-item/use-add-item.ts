import { useRef } from "react";
import { useLocation } from "wouter";
import type { NewItem } from "../../../../src/admin/contract/contract.ts";
import { hasCode } from "../../api/api-error.ts";
import { useCreateItem } from "../../api/mutations.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useToast } from "../../components/toast-context.ts";
import type { RefusedConfig } from "../../config-form/config-issue.ts";
import { refusalOf } from "../../config-form/refusal.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";

/** Adds an item, once however often it is asked, and goes to its page. */
export function useAddItem(onRefused: (refused: RefusedConfig | undefined) => void, reason: string) {
  const text = useText();
  const toast = useToast();
  const [, navigate] = useLocation();
  const create = useCreateItem(reason);
  const isSending = useRef(false);
  const isSaidAtField = hasCode(create.error, "LABEL_TAKEN") || refusalOf(create.error, null) !== undefined;

  const send = (item: NewItem) => {
    if (isSending.current) return;
    isSending.current = true;
    onRefused(undefined);
    create.mutate(item, {
      onSuccess: (added) => {
        toast("good", text("item.added", { item: itemTitle(added) }), added.revision, true);
        navigate(paths.item(added.id));
      },
      onError: (error) => {
        isSending.current = false;
        onRefused(refusalOf(error, item.config));
      },
    });
  };
  return {
    send,
    isPending: create.isPending,
    isDone: create.isSuccess,
    error: create.error,
    /** What no field says. */
    failure: isSaidAtField ? null : create.error,
    sentLabel: create.variables?.label,
  };
}

import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { useChangeItem } from "../../api/mutations.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { useReason } from "../../reasons/use-reason.ts";
import { LabelModal } from "./label-modal.tsx";

interface RenameModalProps {
  readonly item: ItemDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RenameModal({ item, opened, onClose }: RenameModalProps) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const change = useChangeItem(item.id, reason.said);
  return (
    <LabelModal
      opened={opened}
      title={text("item.rename.title", { item: itemTitle(item) })}
      hint={text("item.rename.hint")}
      label={item.label}
      confirm={text("item.rename")}
      reason={reason}
      isPending={change.isPending}
      error={change.error}
      onConfirm={(label) =>
        change.mutate(
          { version: item.version, label },
          {
            onSuccess: (renamed) => {
              reason.clear();
              onClose();
              const isChanged = renamed.version > item.version;
              const message = text("item.renamed", { item: itemTitle(renamed) });
              toast("good", message, isChanged ? renamed.revision : undefined);
            },
          },
        )
      }
      onClose={() => {
        change.reset();
        reason.clear();
        onClose();
      }}
    />
  );
}

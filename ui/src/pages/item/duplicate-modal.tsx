import { useState } from "react";
import { useLocation } from "wouter";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { useDuplicateItem } from "../../api/mutations.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { paths } from "../../paths.ts";
import { useReason } from "../../reasons/use-reason.ts";
import { StatusField } from "./item-fields.tsx";
import { LabelModal } from "./label-modal.tsx";

interface DuplicateModalProps {
  readonly item: ItemDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes another item like this one, and goes there. */
export function DuplicateModal({ item, opened, onClose }: DuplicateModalProps) {
  const text = useText();
  const toast = useToast();
  const [, navigate] = useLocation();
  const reason = useReason();
  const duplicate = useDuplicateItem(item.id, reason.said);
  const [status, setStatus] = useState<Status>("disable");
  const { typeId, module, name, priority } = item;
  return (
    <LabelModal
      opened={opened}
      title={text("item.duplicate.title", { item: itemTitle(item) })}
      hint={text("item.duplicate.hint")}
      label=""
      confirm={text("item.duplicate")}
      reason={reason}
      isPending={duplicate.isPending}
      error={duplicate.error}
      onConfirm={(label) =>
        duplicate.mutate(
          { label, status },
          {
            onSuccess: (copy) => {
              reason.clear();
              onClose();
              toast("good", text("item.added", { item: itemTitle(copy) }), copy.revision, true);
              navigate(paths.item(copy.id));
            },
          },
        )
      }
      onClose={() => {
        duplicate.reset();
        reason.clear();
        onClose();
      }}
    >
      <StatusField status={status} onChange={setStatus} />
      {opened && status !== "disable" && (
        <Impact change={{ add: { typeId, module, name, priority, status } }} namesTypes={false} />
      )}
    </LabelModal>
  );
}

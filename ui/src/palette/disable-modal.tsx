import { Stack } from "@mantine/core";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useChangeItem } from "../api/mutations.ts";
import { ConfirmModal } from "../components/confirm-modal.tsx";
import { ErrorState } from "../components/error-state.tsx";
import { itemTitle } from "../components/item-title.ts";
import { useToast } from "../components/toast-context.ts";
import { useText } from "../i18n/use-text.ts";
import { Impact } from "../impact/impact.tsx";
import { useReason } from "../reasons/use-reason.ts";

interface DisableModalProps {
  readonly item: ItemInfo;
  readonly onClose: () => void;
}

/** Disables an item from anywhere, after it was said what that does. */
export function DisableModal({ item, onClose }: DisableModalProps) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const change = useChangeItem(item.id, reason.said);
  const title = itemTitle(item);
  const disable = () =>
    change.mutateAsync({ version: item.version, status: "disable" }).then(
      ({ version, revision }) => {
        onClose();
        toast("good", text("item.saved", { item: title }), version > item.version ? revision : undefined);
      },
      () => undefined,
    );
  return (
    <ConfirmModal
      opened
      title={text("palette.disable.title", { item: title })}
      confirm={text("palette.do.disable")}
      reason={reason}
      isDangerous
      isPending={change.isPending}
      onConfirm={disable}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Impact change={{ updates: [{ id: item.id, status: "disable" }] }} namesTypes={false} />
        {change.isError && <ErrorState error={change.error} />}
      </Stack>
    </ConfirmModal>
  );
}

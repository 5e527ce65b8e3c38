import { Modal } from "@mantine/core";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useHoldItem } from "../api/mutations.ts";
import { itemTitle } from "../components/item-title.ts";
import { useToast } from "../components/toast-context.ts";
import { useText } from "../i18n/use-text.ts";
import { HoldForm } from "./hold-form.tsx";

interface HoldModalProps {
  readonly item: ItemInfo;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks why an item is to be held, and for how long. */
export function HoldModal({ item, opened, onClose }: HoldModalProps) {
  const text = useText();
  const toast = useToast();
  const hold = useHoldItem(item.id);
  const close = () => {
    hold.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={text("hold.title", { item: itemTitle(item) })}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <HoldForm
        itemId={item.id}
        hold={item.hold}
        isPending={hold.isPending}
        error={hold.error}
        onConfirm={(wanted) =>
          hold.mutate(
            { ...wanted, version: item.version },
            {
              onSuccess: ({ version, revision }) => {
                close();
                const message = text("hold.held", { item: itemTitle(item) });
                toast("good", message, version > item.version ? revision : undefined);
              },
            },
          )
        }
        onClose={close}
      />
    </Modal>
  );
}

import { Button, Modal, Stack, Text } from "@mantine/core";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useItem } from "../api/queries.ts";
import { itemTitle } from "../components/item-title.ts";
import { CheckOutcome } from "../config-form/connection-check.tsx";
import { useText } from "../i18n/use-text.ts";
import { useItemCheck } from "../serve-now/use-item-check.ts";

interface CheckModalProps {
  readonly item: ItemInfo;
  readonly onClose: () => void;
}

/** Tests the connection of an item as it is stored; changes nothing. */
export function CheckModal({ item, onClose }: CheckModalProps) {
  const text = useText();
  const detail = useItem(item.id).data;
  const check = useItemCheck(detail);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${text("config.check")}: ${itemTitle(item)}`}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {text(detail?.checkable === false ? "palette.check.none" : "config.check.asItIs")}
        </Text>
        <CheckOutcome check={check} />
        <Button
          data-autofocus
          loading={check.isPending}
          disabled={check.start === undefined}
          onClick={() => check.start?.()}
        >
          {text("config.check")}
        </Button>
      </Stack>
    </Modal>
  );
}

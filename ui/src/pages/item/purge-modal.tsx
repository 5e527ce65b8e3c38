import { Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useLocation } from "wouter";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { usePurgePlan } from "../../api/mutations.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { ReasonField } from "../../reasons/reason-field.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { PurgedRows } from "./purged-rows.tsx";
import { usePurgeItem } from "./use-purge-item.ts";

interface PurgeModalProps {
  readonly item: ItemDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Lists what a purge deletes, as the server plans it, before anything can be deleted. */
export function PurgeModal({ item, opened, onClose }: PurgeModalProps) {
  const text = useText();
  const toast = useToast();
  const [, navigate] = useLocation();
  const { mutate: makePlan, data: plan, error: planError } = usePurgePlan();
  const reason = useReason();
  const purge = usePurgeItem(item.id, reason.said);

  useEffect(() => {
    if (opened) makePlan({ ids: [item.id] });
  }, [opened, item.id, makePlan]);

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text("item.purge.title", { item: itemTitle(item) })}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack>
        <Text size="sm">{text("item.purge.text")}</Text>
        {plan && <PurgedRows plan={plan} />}
        {!plan && !planError && <Skeleton height={72} />}
        {planError && <ErrorState error={planError} onRetry={() => makePlan({ ids: [item.id] })} />}
        <ReasonField reason={reason} />
        {purge.isError && <ErrorState error={purge.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text("action.cancel")}
          </Button>
          <Button
            color="red"
            disabled={plan === undefined || !reason.isReady}
            loading={purge.isPending}
            onClick={() => {
              purge.mutate(() => {
                toast("good", text("item.purged", { item: itemTitle(item) }));
                navigate(paths.items);
              });
            }}
          >
            {text("item.purge.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

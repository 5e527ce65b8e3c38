import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { useBulk } from "../../api/mutations.ts";
import { ConfirmModal } from "../../components/confirm-modal.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { Section } from "../../components/section.tsx";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { PurgeModal } from "./purge-modal.tsx";

/** How an item leaves, comes back, and goes for good. */
export function MaintenanceSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const purges = item.mayPurge ? "" : ".noPurge";
  return (
    <Section title={text(item.mayPurge ? "item.maintenance" : "item.retire")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {text(`item.maintenance.${item.retiredAt === null ? "inUse" : "retired"}${purges}`)}
        </Text>
        {item.retiredAt === null ? <Retire item={item} /> : <RestoreOrPurge item={item} />}
      </Stack>
    </Section>
  );
}

function Retire({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const bulk = useBulk(reason.said);
  const [isAsked, setAsked] = useState(false);
  // What came of it is said also where the retired item is shown first, which takes this away.
  const retire = () =>
    bulk.mutateAsync({ action: "retire", ids: [item.id] }).then(
      ({ changed, revision }) => {
        setAsked(false);
        reason.clear();
        const message = text("item.retired", { item: itemTitle(item) });
        toast("good", message, changed > 0 ? revision : undefined);
      },
      () => undefined,
    );
  return (
    <>
      <div>
        <Button variant="default" onClick={() => setAsked(true)}>
          {text("item.retire")}
        </Button>
      </div>
      <ConfirmModal
        opened={isAsked}
        title={text("item.retire.title", { item: itemTitle(item) })}
        confirm={text("item.retire")}
        reason={reason}
        isPending={bulk.isPending}
        onClose={() => setAsked(false)}
        onConfirm={retire}
      >
        <Stack gap="sm">
          <Text size="sm">{text("item.retire.text")}</Text>
          {isAsked && <Impact change={{ action: "retire", ids: [item.id] }} namesTypes={false} />}
          {bulk.isError && <ErrorState error={bulk.error} />}
        </Stack>
      </ConfirmModal>
    </>
  );
}

function RestoreOrPurge({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const toast = useToast();
  const bulk = useBulk();
  const [isPurging, setPurging] = useState(false);
  // What came of it is said also where the restored item is shown first, which takes these buttons away.
  const restore = () =>
    bulk.mutateAsync({ action: "restore", ids: [item.id] }).then(
      ({ changed, revision }) => {
        const message = text("item.restored", { item: itemTitle(item) });
        toast("good", message, changed > 0 ? revision : undefined);
      },
      () => undefined,
    );
  return (
    <>
      {/* Of an item that is about to go for good there is nothing to foresee. */}
      {!isPurging && <Impact change={{ action: "restore", ids: [item.id] }} namesTypes={false} />}
      <Group gap="sm">
        <Button leftSection={<Icon name="undo" size={16} />} loading={bulk.isPending} onClick={restore}>
          {text("item.restore")}
        </Button>
        {item.mayPurge && (
          <Button
            variant="outline"
            color="red"
            leftSection={<Icon name="trash" size={16} />}
            onClick={() => setPurging(true)}
          >
            {text("item.purge")}
          </Button>
        )}
      </Group>
      {bulk.isError && <ErrorState error={bulk.error} />}
      <PurgeModal item={item} opened={isPurging} onClose={() => setPurging(false)} />
    </>
  );
}

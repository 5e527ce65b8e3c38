import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ChangeSetInfo } from "../../../../src/admin/contract/contract.ts";
import { useRevertAll } from "../../api/mutations.ts";
import { useRevertAllPlan } from "../../api/queries.ts";
import { ConfirmModal } from "../../components/confirm-modal.tsx";
import { describeError } from "../../components/describe-error.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { ChangedFields } from "./changed-fields.tsx";
import styles from "./history-entry.module.css";

interface RevertAllModalProps {
  /** What to revert; undefined closes it. */
  readonly set: ChangeSetInfo | undefined;
  readonly onClose: () => void;
}

/** How many items are shown with what they are set back to. */
const mostShown = 10;

/** Shows what is set back, and what that does to the calls, before it is; a refusal stays in sight with its reason. */
export function RevertAllModal({ set, onClose }: RevertAllModalProps) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const revert = useRevertAll(reason.said);
  const plan = useRevertAllPlan(set?.revision);
  // While it closes it still shows what it was about.
  const [shown, setShown] = useState(set);
  if (set !== undefined && set !== shown) {
    setShown(set);
    revert.reset();
    reason.clear();
  }
  const error = revert.error ?? plan.error;
  const refusal = error === null ? undefined : describeError(error, text);
  const { total = 0, items = [] } = plan.data ?? {};
  const columns = { before: text("history.revert.now"), after: text("history.revert.then") };
  return (
    <ConfirmModal
      opened={set !== undefined}
      title={text("history.revertAll.title")}
      confirm={text("history.revertAll")}
      reason={reason}
      isPending={revert.isPending}
      onClose={onClose}
      onConfirm={() => {
        if (set === undefined) return;
        revert.mutate(set.revision, {
          onSuccess: ({ revision, changed }) => {
            toast(
              "good",
              text("history.revertedAll", { count: changed }),
              changed > 0 ? revision : undefined,
            );
            onClose();
          },
        });
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{text("history.revertAll.text")}</Text>
        {plan.isLoading && <Skeleton height={64} />}
        {plan.data && shown && <Impact change={{ revert: shown.revision }} />}
        {items.slice(0, mostShown).map(({ entityId, item, before, after, secretsKept }) => (
          <div key={entityId}>
            <strong className={styles.subject}>
              <bdi>{item === null ? entityId : itemTitle(item)}</bdi>
            </strong>
            <ChangedFields entry={{ before, after }} columns={columns} />
            {secretsKept.length > 0 && (
              <Text size="sm">{text("history.revert.secretsKept", { fields: secretsKept.join(", ") })}</Text>
            )}
          </div>
        ))}
        {total > mostShown && (
          <Text size="sm">{text("history.revertAll.more", { count: total - mostShown })}</Text>
        )}
        {refusal && (
          <Alert color="red" variant="outline" role="alert" title={text("history.revertAll.refused")}>
            <Text size="sm">{refusal.title}</Text>
            {refusal.detail !== undefined && <Text size="sm">{refusal.detail}</Text>}
            <Text size="sm">{refusal.hint}</Text>
          </Alert>
        )}
      </Stack>
    </ConfirmModal>
  );
}

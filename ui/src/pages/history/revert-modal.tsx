import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { useRevert } from "../../api/mutations.ts";
import { useRevertPlan } from "../../api/queries.ts";
import { ConfirmModal } from "../../components/confirm-modal.tsx";
import { describeError } from "../../components/describe-error.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { useReason } from "../../reasons/use-reason.ts";
import { ChangedFields } from "./changed-fields.tsx";
import { subjectOf } from "./entry-subject.tsx";

interface RevertModalProps {
  /** What to revert; undefined closes it. */
  readonly entry: HistoryEntry | undefined;
  readonly onClose: () => void;
}

/** Shows what is set back before it is; a refusal stays in sight with its reason. */
export function RevertModal({ entry, onClose }: RevertModalProps) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const revert = useRevert(reason.said);
  const plan = useRevertPlan(entry?.id);
  // While it closes it still shows what it was about.
  const [shown, setShown] = useState(entry);
  if (entry !== undefined && entry !== shown) {
    setShown(entry);
    revert.reset();
    reason.clear();
  }
  const name = shown === undefined ? "" : subjectOf(shown);
  const error = revert.error ?? plan.error;
  const refusal = error === null ? undefined : describeError(error, text);
  return (
    <ConfirmModal
      opened={entry !== undefined}
      title={text("history.revert.title")}
      confirm={text("history.revert.confirm")}
      reason={reason}
      isPending={revert.isPending}
      onClose={onClose}
      onConfirm={() => {
        if (entry === undefined) return;
        revert.mutate(entry.id, {
          onSuccess: ({ revision, changed }) => {
            toast("good", text("history.reverted", { name }), changed > 0 ? revision : undefined);
            onClose();
          },
        });
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{text("history.revert.text", { name })}</Text>
        {plan.isLoading && <Skeleton height={64} />}
        {plan.data && (
          <ChangedFields
            entry={plan.data}
            columns={{ before: text("history.revert.now"), after: text("history.revert.then") }}
          />
        )}
        {plan.data !== undefined && plan.data.secretsKept.length > 0 && (
          <Text size="sm">
            {text("history.revert.secretsKept", { fields: plan.data.secretsKept.join(", ") })}
          </Text>
        )}
        {refusal && (
          <Alert color="red" variant="outline" role="alert" title={text("history.revert.refused")}>
            <Text size="sm">{refusal.title}</Text>
            {refusal.detail !== undefined && <Text size="sm">{refusal.detail}</Text>}
            <Text size="sm">{refusal.hint}</Text>
          </Alert>
        )}
      </Stack>
    </ConfirmModal>
  );
}

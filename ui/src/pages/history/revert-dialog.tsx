import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ConfirmModal } from "../../components/confirm-modal.tsx";
import { describeError } from "../../components/describe-error.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import type { Reason } from "../../reasons/use-reason.ts";

interface Reverted {
  readonly revision: number;
  readonly changed: number;
}

interface RevertDialogProps<Subject, Id> {
  /** What to revert; undefined closes it. */
  readonly subject: Subject | undefined;
  readonly id: Id | undefined;
  readonly title: string;
  readonly confirm: string;
  /** What is said above a refusal. */
  readonly refused: string;
  readonly plan: Pick<UseQueryResult, "error" | "isLoading">;
  readonly revert: UseMutationResult<Reverted, Error, Id>;
  readonly reason: Reason;
  /** What is said when it is done. */
  readonly done: (reverted: Reverted) => string;
  /** Of what is shown: while it closes, it still shows what it was about. */
  readonly children: (shown: Subject | undefined) => ReactNode;
  readonly onClose: () => void;
}

/** Shows what is set back before it is; a refusal stays in sight with its reason. */
export function RevertDialog<Subject, Id>(props: RevertDialogProps<Subject, Id>) {
  const { subject, id, title, confirm, refused, plan, revert, reason, done, children, onClose } = props;
  const text = useText();
  const toast = useToast();
  const [shown, setShown] = useState(subject);
  if (subject !== undefined && subject !== shown) {
    setShown(subject);
    revert.reset();
    reason.clear();
  }
  const error = revert.error ?? plan.error;
  const refusal = error === null ? undefined : describeError(error, text);
  return (
    <ConfirmModal
      opened={subject !== undefined}
      title={title}
      confirm={confirm}
      reason={reason}
      isPending={revert.isPending}
      onClose={onClose}
      onConfirm={() => {
        if (id === undefined) return;
        revert.mutate(id, {
          onSuccess: (reverted) => {
            toast("good", done(reverted), reverted.changed > 0 ? reverted.revision : undefined);
            onClose();
          },
        });
      }}
    >
      <Stack gap="sm">
        {children(shown)}
        {plan.isLoading && <Skeleton height={64} />}
        {refusal && (
          <Alert color="red" variant="outline" role="alert" title={refused}>
            <Text size="sm">{refusal.title}</Text>
            {refusal.detail !== undefined && <Text size="sm">{refusal.detail}</Text>}
            <Text size="sm">{refusal.hint}</Text>
          </Alert>
        )}
      </Stack>
    </ConfirmModal>
  );
}

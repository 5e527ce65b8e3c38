import { Text } from "@mantine/core";
import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { useRevert } from "../../api/mutations.ts";
import { useRevertPlan } from "../../api/queries.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { ChangedFields } from "./changed-fields.tsx";
import { EntrySchema } from "./entry-schema.tsx";
import { subjectOf } from "./entry-subject.tsx";
import { RevertDialog } from "./revert-dialog.tsx";

interface RevertModalProps {
  /** What to revert; undefined closes it. */
  readonly entry: HistoryEntry | undefined;
  readonly onClose: () => void;
}

/** Shows what an entry is set back to before it is. */
export function RevertModal({ entry, onClose }: RevertModalProps) {
  const text = useText();
  const reason = useReason();
  const revert = useRevert(reason.said);
  const plan = useRevertPlan(entry?.id);
  const nameOf = (one: HistoryEntry | undefined) => (one === undefined ? "" : subjectOf(one));
  return (
    <RevertDialog
      subject={entry}
      id={entry?.id}
      title={text("history.revert.title")}
      confirm={text("history.revert.confirm")}
      refused={text("history.revert.refused")}
      done={() => text("history.reverted", { name: nameOf(entry) })}
      {...{ plan, revert, reason, onClose }}
    >
      {(shown) => (
        <>
          <Text size="sm">{text("history.revert.text", { name: nameOf(shown) })}</Text>
          {plan.data && shown && <Impact change={{ entry: shown.id }} namesTypes={false} />}
          {plan.data && shown && (
            <EntrySchema entry={shown}>
              <ChangedFields
                entry={plan.data}
                columns={{ before: text("history.revert.now"), after: text("history.revert.then") }}
              />
            </EntrySchema>
          )}
          {plan.data !== undefined && plan.data.secretsKept.length > 0 && (
            <Text size="sm">
              {text("history.revert.secretsKept", { fields: plan.data.secretsKept.join(", ") })}
            </Text>
          )}
        </>
      )}
    </RevertDialog>
  );
}

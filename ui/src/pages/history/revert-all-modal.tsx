import { Text } from "@mantine/core";
import type { ChangeSetInfo } from "../../../../src/admin/contract/contract.ts";
import { useRevertAll } from "../../api/mutations.ts";
import { useRevertAllPlan } from "../../api/queries.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { ChangedFields } from "./changed-fields.tsx";
import { EntrySchema } from "./entry-schema.tsx";
import styles from "./history-entry.module.css";
import { RevertDialog } from "./revert-dialog.tsx";

interface RevertAllModalProps {
  /** What to revert; undefined closes it. */
  readonly set: ChangeSetInfo | undefined;
  readonly onClose: () => void;
}

/** How many items are shown with what they are set back to. */
const mostShown = 10;

/** Shows what all of a change is set back to, and what that does to the calls, before it is. */
export function RevertAllModal({ set, onClose }: RevertAllModalProps) {
  const text = useText();
  const reason = useReason();
  const revert = useRevertAll(reason.said);
  const plan = useRevertAllPlan(set?.revision);
  const { total = 0, items = [] } = plan.data ?? {};
  const columns = { before: text("history.revert.now"), after: text("history.revert.then") };
  return (
    <RevertDialog
      subject={set}
      id={set?.revision}
      title={text("history.revertAll.title")}
      confirm={text("history.revertAll")}
      refused={text("history.revertAll.refused")}
      done={({ changed }) => text("history.revertedAll", { count: changed })}
      {...{ plan, revert, reason, onClose }}
    >
      {(shown) => (
        <>
          <Text size="sm">{text("history.revertAll.text")}</Text>
          {plan.data && shown && <Impact change={{ revert: shown.revision }} />}
          {items.slice(0, mostShown).map(({ entityId, typeId, item, before, after, secretsKept }) => (
            <div key={entityId}>
              <strong className={styles.subject}>
                <bdi>{item === null ? entityId : itemTitle(item)}</bdi>
              </strong>
              <EntrySchema entry={{ typeId, item, before, after }}>
                <ChangedFields entry={{ before, after }} columns={columns} />
              </EntrySchema>
              {secretsKept.length > 0 && (
                <Text size="sm">
                  {text("history.revert.secretsKept", { fields: secretsKept.join(", ") })}
                </Text>
              )}
            </div>
          ))}
          {total > mostShown && (
            <Text size="sm">{text("history.revertAll.more", { count: total - mostShown })}</Text>
          )}
        </>
      )}
    </RevertDialog>
  );
}

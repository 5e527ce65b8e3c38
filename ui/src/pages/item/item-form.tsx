import { Alert, Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { conflictOf } from "../../api/api-error.ts";
import { useChangeItem } from "../../api/mutations.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { Section } from "../../components/section.tsx";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { ReasonField } from "../../reasons/reason-field.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { useLeaveGuard } from "../../use-leave-guard.ts";
import { CodeValue } from "./code-value.tsx";
import { ConflictModal } from "./conflict-modal.tsx";
import { type Conflict, ItemConflict } from "./item-conflict.tsx";
import { DescriptionField, PriorityField, StatusField } from "./item-fields.tsx";
import styles from "./item-form.module.css";
import { type ItemEdits, type ItemField, isPriority, newest } from "./item-values.ts";
import { useItemDraft } from "./use-item-draft.ts";

/** What the operator decides, with the code's defaults beside it. */
export function ItemForm({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const change = useChangeItem(item.id, reason.said);
  const draft = useItemDraft(item);
  const [conflict, setConflict] = useState<Conflict>();
  const [isDeciding, setDeciding] = useState(false);
  const { values } = draft;
  useLeaveGuard(draft.isDirty, text("config.leave"));
  const isValid = isPriority(values.priority);

  const save = (edits: ItemEdits, version: number) => {
    change.mutate(
      { version, ...edits },
      {
        onSuccess: (saved) => {
          draft.discard();
          reason.clear();
          setDeciding(false);
          const isChanged = saved.version > version;
          toast(
            "good",
            text("item.saved", { item: itemTitle(item) }),
            isChanged ? saved.revision : undefined,
          );
        },
        onError: (error) => {
          const theirs = conflictOf(error)?.current?.[0];
          setDeciding(theirs !== undefined);
          if (theirs !== undefined) setConflict({ edits, theirs });
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.isDirty && isValid && reason.isReady) save(draft.edits, draft.version);
  };
  const latest = conflict && { ...conflict, theirs: newest(conflict.theirs, item) };
  const { code } = item;
  const codeValue = (field: ItemField) =>
    code && (
      <CodeValue
        field={field}
        code={code}
        values={values}
        onUse={() => draft.edit({ [field]: code[field] })}
      />
    );

  return (
    <Section title={text("item.decision")}>
      <form onSubmit={submit} noValidate>
        <div className={styles.field}>
          <StatusField status={values.status} onChange={(status) => draft.edit({ status })} />
          {codeValue("status")}
        </div>
        <div className={styles.field}>
          <PriorityField values={values} isValid={isValid} onChange={draft.edit} />
          {codeValue("priority")}
        </div>
        <div className={styles.field}>
          <DescriptionField values={values} onChange={draft.edit} />
          {codeValue("description")}
        </div>
        {code === null && <p className={styles.note}>{text("item.noCode")}</p>}
        {isValid && decides(draft.edits) && (
          <Impact change={{ updates: [{ id: item.id, ...decided(draft.edits) }] }} namesTypes={false} />
        )}
        {draft.isOutdated && !change.isPending && (
          <Alert color="yellow" variant="outline" mt="md">
            {text("item.changedMeanwhile")}
          </Alert>
        )}
        {change.isError && conflictOf(change.error)?.current === undefined && (
          <ErrorState error={change.error} />
        )}
        {draft.isDirty && <ReasonField reason={reason} className={styles.reason ?? ""} />}
        <div className={styles.foot}>
          <Button
            type="submit"
            disabled={!(draft.isDirty && isValid && reason.isReady)}
            loading={change.isPending}
          >
            {text("action.save")}
          </Button>
          {draft.isDirty && (
            <Button variant="default" onClick={draft.discard} disabled={change.isPending}>
              {text("item.discard")}
            </Button>
          )}
          <span className={styles.note} role="status">
            {text(draft.isDirty ? "item.unsaved" : "item.nothingToSave")}
          </span>
        </div>
      </form>
      <ConflictModal
        opened={isDeciding}
        itemId={item.id}
        isPending={change.isPending}
        onKeepMine={() => latest && save(latest.edits, latest.theirs.version)}
        onTakeTheirs={() => {
          draft.discard();
          setDeciding(false);
        }}
        onClose={() => setDeciding(false)}
      >
        {latest && <ItemConflict conflict={latest} />}
        {latest && decides(latest.edits) && (
          <Impact change={{ updates: [{ id: item.id, ...decided(latest.edits) }] }} namesTypes={false} />
        )}
      </ConflictModal>
    </Section>
  );
}

/** Whether the edits may decide on what serves. */
const decides = ({ status, priority }: ItemEdits): boolean => status !== undefined || priority !== undefined;

/** What of the edits decides on what serves. */
const decided = ({ status, priority }: ItemEdits): Pick<ItemEdits, "status" | "priority"> => ({
  ...(status !== undefined && { status }),
  ...(priority !== undefined && { priority }),
});

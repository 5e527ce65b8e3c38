import { Alert, Button } from "@mantine/core";
import { type FormEvent, useMemo, useRef, useState } from "react";
import type { ItemDetail, PluginInfo } from "../../../../src/admin/contract/contract.ts";
import { conflictOf } from "../../api/api-error.ts";
import { useChangeItem } from "../../api/mutations.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { Section } from "../../components/section.tsx";
import { useToast } from "../../components/toast-context.ts";
import type { RefusedConfig } from "../../config-form/config-issue.ts";
import { CheckButton, CheckOutcome, useConnectionCheck } from "../../config-form/connection-check.tsx";
import { focusInvalid } from "../../config-form/focus-invalid.ts";
import { LazyConfigEditor } from "../../config-form/lazy-config-editor.ts";
import { misconfigurationOf, refusalOf } from "../../config-form/refusal.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { type DraftValue, mergeChanges } from "../../json.ts";
import { ReasonField } from "../../reasons/reason-field.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { useLeaveGuard } from "../../use-leave-guard.ts";
import { type ConfigConflict, ConfigConflictRows } from "./config-conflict.tsx";
import { ConflictModal } from "./conflict-modal.tsx";
import styles from "./item-form.module.css";
import { newest } from "./item-values.ts";
import { useConfigDraft } from "./use-config-draft.ts";

interface ConfigSectionProps {
  readonly item: ItemDetail;
  readonly plugin: PluginInfo;
}

/** The item's config, to be changed, tried and saved. */
export function ConfigSection({ item, plugin }: ConfigSectionProps) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const change = useChangeItem(item.id, reason.said);
  const state = useConfigDraft(item);
  const { draft, isDirty } = state;
  const [refused, setRefused] = useState<RefusedConfig>();
  const unusable = useMemo(() => misconfigurationOf(item), [item]);
  const [conflict, setConflict] = useState<ConfigConflict>();
  const [isDeciding, setDeciding] = useState(false);
  const isSending = useRef(false);
  const check = useConnectionCheck(
    item.typeId,
    { module: item.module, name: item.name, itemId: item.id },
    draft,
    setRefused,
  );
  useLeaveGuard(isDirty, text("config.leave"));

  const save = (config: DraftValue, version: number) => {
    if (isSending.current) return;
    isSending.current = true;
    setRefused(undefined);
    change.mutate(
      { version, config: config ?? null },
      {
        onSuccess: (saved) => {
          setDeciding(false);
          reason.clear();
          state.startAnew(saved);
          const isChanged = saved.version > version;
          toast(
            "good",
            text("item.saved", { item: itemTitle(item) }),
            isChanged ? saved.revision : undefined,
          );
        },
        onError: (error) => {
          setRefused(refusalOf(error, config));
          const theirs = conflictOf(error)?.current?.[0];
          setDeciding(theirs !== undefined);
          if (theirs !== undefined) setConflict({ base: state.base, mine: config, theirs });
        },
        onSettled: () => {
          isSending.current = false;
        },
      },
    );
  };
  const latest = conflict && { ...conflict, theirs: newest(conflict.theirs, item) };
  const keepMine = () => {
    if (latest) save(mergeChanges(latest.base, latest.mine, latest.theirs.config), latest.theirs.version);
  };
  const takeTheirs = () => {
    setRefused(undefined);
    change.reset();
    state.startAnew(latest?.theirs ?? item);
    setDeciding(false);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (draft === undefined || !isDirty || !reason.isReady) return;
    if (draft.isReadable) save(draft.config, state.version);
    else focusInvalid(event.currentTarget);
  };
  const discard = () => {
    setRefused(undefined);
    change.reset();
    state.startAnew();
  };
  const isAnswered =
    conflictOf(change.error)?.current !== undefined || refusalOf(change.error, null) !== undefined;

  return (
    <Section title={text("item.config")} collapsible="item config">
      <form onSubmit={submit} noValidate autoComplete="off">
        <LazyConfigEditor
          key={state.round}
          schema={plugin.schema}
          secrets={plugin.secrets}
          config={state.base}
          refused={refused ?? unusable}
          isDisabled={change.isPending}
          onChange={state.setDraft}
        />
        {state.isOutdated && !change.isPending && (
          <Alert color="yellow" variant="outline" mt="md">
            {text("item.changedMeanwhile")}
          </Alert>
        )}
        {change.isError && !isAnswered && <ErrorState error={change.error} />}
        {plugin.checkable && <CheckOutcome check={check} />}
        {isDirty && draft?.isReadable && (
          <Impact change={{ updates: [{ id: item.id, hasNewConfig: true }] }} namesTypes={false} />
        )}
        {isDirty && <ReasonField reason={reason} className={styles.reason ?? ""} />}
        <div className={styles.foot}>
          <Button type="submit" disabled={!(isDirty && reason.isReady)} loading={change.isPending}>
            {text("action.save")}
          </Button>
          {isDirty && (
            <Button variant="default" onClick={discard} disabled={change.isPending}>
              {text("item.discard")}
            </Button>
          )}
          {plugin.checkable && (
            <CheckButton check={check} isDisabled={change.isPending || !draft?.isReadable} />
          )}
          <span className={styles.note} role="status">
            {text(isDirty ? "item.unsaved" : "item.nothingToSave")}
          </span>
        </div>
      </form>
      <ConflictModal
        opened={isDeciding}
        itemId={item.id}
        isPending={change.isPending}
        onKeepMine={keepMine}
        onTakeTheirs={takeTheirs}
        onClose={() => setDeciding(false)}
      >
        {latest && <ConfigConflictRows conflict={latest} secrets={plugin.secrets} />}
      </ConflictModal>
    </Section>
  );
}

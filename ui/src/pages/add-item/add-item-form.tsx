import { Button, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { PluginInfo, TypeDetail } from "../../../../src/admin/contract/contract.ts";
import { hasCode } from "../../api/api-error.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { isLabel, LabelField } from "../../components/label-field.tsx";
import { Section } from "../../components/section.tsx";
import type { ConfigDraft } from "../../config-form/config-draft.ts";
import type { RefusedConfig } from "../../config-form/config-issue.ts";
import { CheckButton, CheckOutcome, useConnectionCheck } from "../../config-form/connection-check.tsx";
import { focusInvalid } from "../../config-form/focus-invalid.ts";
import { LazyConfigEditor } from "../../config-form/lazy-config-editor.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { ReasonField } from "../../reasons/reason-field.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import { useLeaveGuard } from "../../use-leave-guard.ts";
import { DescriptionField, PriorityField, StatusField } from "../item/item-fields.tsx";
import itemStyles from "../item/item-form.module.css";
import { type ItemEdits, isPriority } from "../item/item-values.ts";
import styles from "./add-item-form.module.css";
import { useAddItem } from "./use-add-item.ts";

interface AddItemFormProps {
  readonly type: TypeDetail;
  readonly plugin: PluginInfo;
  /** Where another plugin is chosen; it asks before what was filled in gets lost. */
  readonly pluginField: (mayLeave: () => boolean) => ReactNode;
}

export function AddItemForm({ type, plugin, pluginField }: AddItemFormProps) {
  const text = useText();
  const [label, setLabel] = useState("");
  const [edits, setEdits] = useState<ItemEdits>({});
  const [draft, setDraft] = useState<ConfigDraft>();
  const [refused, setRefused] = useState<RefusedConfig>();
  const reason = useReason();
  const add = useAddItem(setRefused, reason.said);
  const check = useConnectionCheck(type.id, { module: plugin.module, name: plugin.name }, draft, setRefused);
  const { status, priority, description } = plugin;
  const values = { status, priority, description, ...edits };
  const place = {
    ...{ typeId: type.id, module: plugin.module, name: plugin.name },
    ...{ status: values.status, priority: values.priority },
  };
  const edit = (change: ItemEdits) => setEdits((before) => ({ ...before, ...change }));
  const isDirty = label !== "" || Object.keys(edits).length > 0 || draft?.isDirty === true;
  const isReady = isLabel(label) && isPriority(values.priority) && draft !== undefined && reason.isReady;
  useLeaveGuard(isDirty && !add.isDone, text("config.leave"));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isReady) return;
    if (!draft.isReadable) return focusInvalid(event.currentTarget);
    const { config } = draft;
    add.send({
      ...place,
      ...values,
      label: label.trim(),
      ...(config === undefined ? {} : { config }),
    });
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate autoComplete="off">
      <Section title={text("word.item")}>
        <Stack gap="md">
          {pluginField(() => !isDirty || confirm(text("config.leave")))}
          <LabelField
            value={label}
            isTaken={hasCode(add.error, "LABEL_TAKEN") && add.sentLabel === label.trim()}
            onChange={setLabel}
          />
          <StatusField status={values.status} onChange={(status) => edit({ status })} />
          <PriorityField values={values} isValid={isPriority(values.priority)} onChange={edit} />
          <DescriptionField values={values} onChange={edit} />
        </Stack>
      </Section>
      <Section title={text("item.config")}>
        <LazyConfigEditor
          schema={plugin.schema}
          secrets={plugin.secrets}
          config={undefined}
          refused={refused}
          isDisabled={add.isPending}
          onChange={setDraft}
        />
        {plugin.checkable && <CheckOutcome check={check} />}
      </Section>
      {values.status !== "disable" && isPriority(values.priority) && (
        <Impact change={{ add: place }} namesTypes={false} />
      )}
      <ReasonField reason={reason} className={itemStyles.reason ?? ""} />
      {add.failure !== null && <ErrorState error={add.failure} />}
      <div className={itemStyles.foot}>
        <Button type="submit" disabled={!isReady} loading={add.isPending}>
          {text("config.add")}
        </Button>
        {plugin.checkable && (
          <CheckButton check={check} isDisabled={add.isPending || draft?.isReadable !== true} />
        )}
        {!isLabel(label) && <span className={itemStyles.note}>{text("config.add.needsLabel")}</span>}
      </div>
    </form>
  );
}

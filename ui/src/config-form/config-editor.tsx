import { SegmentedControl, Text } from "@mantine/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { useText } from "../i18n/use-text.ts";
import { type DraftValue, isSameJson } from "../json.ts";
import type { ConfigDraft } from "./config-draft.ts";
import styles from "./config-form.module.css";
import { openIssues, type RefusedConfig } from "./config-issue.ts";
import type { Alternatives } from "./fields/use-alternatives.ts";
import { focusInvalid } from "./focus-invalid.ts";
import { FormBoundary } from "./form-boundary.tsx";
import { IssueList } from "./issue-list.tsx";
import { JsonInput } from "./json-input.tsx";
import { type RootSchema, readSchema } from "./json-schema.ts";
import { isUnreadable } from "./parse-json.ts";
import { SchemaForm } from "./schema-form.tsx";
import { coverTyped, uncoverTyped, withoutBlankSecrets } from "./secret-value.ts";
import { startingConfig } from "./starting-value.ts";
import { useUnreadable } from "./use-unreadable.ts";

export interface ConfigEditorProps {
  readonly schema: object | null;
  readonly secrets: readonly string[];
  /** What it starts with; give it another `key` to start anew. */
  readonly config: JsonValue | undefined;
  readonly refused: RefusedConfig | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (draft: ConfigDraft) => void;
}

/** A config in a form, or as JSON where the plugin has no schema or the operator prefers it. */
export default function ConfigEditor(props: ConfigEditorProps) {
  const { schema, secrets, refused, isDisabled, onChange } = props;
  const text = useText();
  const [form, setForm] = useState(() => readable(schema));
  const [start] = useState(() => startOf(props.config, form));
  const [config, setConfig] = useState<DraftValue>(start);
  const [mode, setMode] = useState<"form" | "json">("form");
  const [alternatives] = useState(() => new Map<string, Alternatives>());
  const { isReadable, setUnreadable } = useUnreadable();
  const area = useRef<HTMLDivElement>(null);
  const asForm = mode === "form" && form !== undefined;
  const issues = useMemo(() => openIssues(refused, config), [refused, config]);

  useEffect(() => {
    const sent = withoutBlankSecrets(config, secrets);
    onChange({ config: sent, isDirty: !isSameJson(sent, start), isReadable });
  }, [config, secrets, start, isReadable, onChange]);

  useEffect(() => {
    // Nobody was there yet to be led to what is wrong with the stored one.
    if (refused?.isStored === false) focusInvalid(area.current);
  }, [refused]);

  const switchTo = (next: "form" | "json") => {
    setUnreadable(wholeConfig, false);
    setMode(next);
  };
  const giveUpForm = useCallback(() => setForm(undefined), []);

  return (
    <div ref={area} className={styles.editor}>
      {form === undefined ? (
        <Text size="sm" c="dimmed">
          {text("form.none")}
        </Text>
      ) : (
        <SegmentedControl
          size="xs"
          className={styles.mode ?? ""}
          aria-label={text("form.mode")}
          value={mode}
          onChange={switchTo}
          data={[
            { value: "form", label: text("form.mode.form") },
            { value: "json", label: text("form.mode.json") },
          ]}
        />
      )}
      {asForm ? (
        <FormBoundary onBreak={giveUpForm}>
          <SchemaForm
            form={form}
            secrets={secrets}
            issues={issues}
            isDisabled={isDisabled}
            alternatives={alternatives}
            setUnreadable={setUnreadable}
            name={text("item.config")}
            value={config}
            onChange={setConfig}
          />
        </FormBoundary>
      ) : (
        <JsonInput
          label={text("form.json.label")}
          description={secrets.length === 0 ? undefined : text("form.json.secrets")}
          initial={coverTyped(config, secrets)}
          minRows={8}
          disabled={isDisabled}
          onChange={(parsed) => {
            setUnreadable(wholeConfig, isUnreadable(parsed));
            if (parsed.kind === "empty") setConfig(undefined);
            if (parsed.kind === "value") setConfig((before) => uncoverTyped(parsed.value, secrets, before));
          }}
        />
      )}
      <IssueList issues={issues} isStored={refused?.isStored === true} />
    </div>
  );
}

const wholeConfig = "";

/** The schema, where it can be shown as a form. */
function readable(schema: object | null): RootSchema | undefined {
  try {
    return schema === null ? undefined : readSchema(schema);
  } catch {
    return undefined;
  }
}

/** A stored config as it is: what nobody touches must stay so. */
function startOf(config: JsonValue | undefined, form: RootSchema | undefined): DraftValue {
  if (config !== undefined && config !== null) return config;
  if (form === undefined) return {};
  try {
    return startingConfig(form);
  } catch {
    return {};
  }
}

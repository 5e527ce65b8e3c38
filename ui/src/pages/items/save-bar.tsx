import { Button, Group, Text } from "@mantine/core";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { ReasonField } from "../../reasons/reason-field.tsx";
import type { Reason } from "../../reasons/use-reason.ts";
import styles from "./bars.module.css";
import { areValid, type Drafts, previewOf } from "./drafts.ts";

interface SaveBarProps {
  readonly drafts: Drafts;
  readonly reason: Reason;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** One save for all that was typed into the list. */
export function SaveBar({ drafts, reason, isSaving, onSave, onDiscard }: SaveBarProps) {
  const text = useText();
  if (drafts.size === 0) return null;
  return (
    <section className={styles.bar} aria-label={text("action.save")}>
      <Text size="sm" fw={600} role="status">
        {text("items.unsaved", { count: drafts.size })}
      </Text>
      {areValid(drafts) && (
        <div className={styles.impact}>
          <Impact change={previewOf(drafts)} />
        </div>
      )}
      <Group gap="xs" align="flex-end">
        <ReasonField reason={reason} size="xs" />
        <Button size="xs" variant="default" disabled={isSaving} onClick={onDiscard}>
          {text("items.discard")}
        </Button>
        <Button
          size="xs"
          loading={isSaving}
          disabled={!(areValid(drafts) && reason.isReady)}
          onClick={onSave}
        >
          {text("items.save")}
        </Button>
      </Group>
    </section>
  );
}

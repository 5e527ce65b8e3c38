import { Button } from "@mantine/core";
import { useId, useState } from "react";
import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { Icon } from "../../components/icon.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { actionTones } from "./action-tones.ts";
import { ChangedFields } from "./changed-fields.tsx";
import { EntryOrigin } from "./entry-origin.tsx";
import { EntrySchema } from "./entry-schema.tsx";
import { EntrySubject, subjectOf } from "./entry-subject.tsx";
import styles from "./history-entry.module.css";
import { TestedWith } from "./tested-with.tsx";
import { WhyNot } from "./why-not.tsx";

interface HistoryEntryCardProps {
  readonly entry: HistoryEntry;
  /** Left out where the page is about one item anyway. */
  readonly withSubject?: boolean;
  /** Whether it stands within its change set, which says who did it, when and why. */
  readonly isWithin?: boolean;
  readonly onRevert: (entry: HistoryEntry) => void;
}

/** Who changed what, when, from where, before and after. */
export function HistoryEntryCard({
  entry,
  withSubject = true,
  isWithin = false,
  onRevert,
}: HistoryEntryCardProps) {
  const text = useText();
  const id = useId();
  // What was created or purged has all its fields: many, and seldom asked for.
  const isWhole = entry.before === null || entry.after === null;
  const [isOpen, setOpen] = useState(!isWhole);
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <ToneBadge tone={actionTones[entry.action]}>{text(`history.action.${entry.action}`)}</ToneBadge>
        {withSubject && <EntrySubject entry={entry} />}
        {!isWithin && <EntryOrigin entry={entry} />}
        <span className={styles.actions}>
          {isWhole && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={isOpen}
              aria-controls={id}
              onClick={() => setOpen(!isOpen)}
            >
              {text(isOpen ? "history.hideFields" : "history.showFields")}
            </Button>
          )}
          {entry.isRevertible ? <RevertButton entry={entry} onRevert={onRevert} /> : <WhyNot entry={entry} />}
        </span>
      </div>
      {!isWithin && entry.reason !== null && (
        <p className={styles.reason} dir="auto">
          {text("history.because", { reason: entry.reason })}
        </p>
      )}
      <div id={id}>
        {isOpen && (
          <EntrySchema entry={entry}>
            {entry.action === "check" ? <TestedWith entry={entry} /> : <ChangedFields entry={entry} />}
          </EntrySchema>
        )}
      </div>
    </li>
  );
}

interface RevertButtonProps {
  readonly entry: HistoryEntry;
  readonly onRevert: (entry: HistoryEntry) => void;
}

function RevertButton({ entry, onRevert }: RevertButtonProps) {
  const text = useText();
  const format = useFormat();
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<Icon name="undo" size={14} />}
      aria-label={text("history.revert.of", { name: subjectOf(entry), when: format.dateTime(entry.at) })}
      onClick={() => onRevert(entry)}
    >
      {text("history.revert")}
    </Button>
  );
}

import { Button } from "@mantine/core";
import { useId, useState } from "react";
import type { ChangeSetInfo, HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { TextLink } from "../../components/text-link.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { ConcernedTypes } from "./concerned-types.tsx";
import { EntryOrigin } from "./entry-origin.tsx";
import styles from "./history-entry.module.css";
import { HistoryEntryCard } from "./history-entry-card.tsx";
import { RevertAllButton } from "./revert-all-button.tsx";
import { summaryOf } from "./summary.ts";
import { obstacleOf, WhyNot } from "./why-not.tsx";

interface ChangeSetCardProps {
  readonly set: ChangeSetInfo;
  readonly onRevert: (entry: HistoryEntry) => void;
  readonly onRevertAll: (set: ChangeSetInfo) => void;
}

/** One action: who did what, when, why, and when asked for, each of its changes. */
export function ChangeSetCard({ set, onRevert, onRevertAll }: ChangeSetCardProps) {
  const text = useText();
  const format = useFormat();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { entries, total, reason, revision, isRevertible } = set;
  const [only] = entries;
  if (total === 1 && only !== undefined) return <HistoryEntryCard entry={only} onRevert={onRevert} />;
  const obstacle = obstacleOf(set);
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <TextLink href={paths.change(revision)} isStrong>
          <bdi>{summaryOf(set, text, format)}</bdi>
        </TextLink>
        <ConcernedTypes entries={entries} />
        <EntryOrigin entry={set} />
        <span className={styles.actions}>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {text(isOpen ? "history.hideEntries" : "history.showEntries")}
          </Button>
          {isRevertible && <RevertAllButton set={set} onRevertAll={onRevertAll} />}
        </span>
      </div>
      {reason !== null && (
        <p className={styles.reason} dir="auto">
          {text("history.because", { reason })}
        </p>
      )}
      {!isRevertible && obstacle && <WhyNot entry={obstacle} isNamed />}
      <div id={id}>
        {isOpen && (
          <>
            <ul className={`${styles.list} ${styles.inner}`}>
              {entries.map((entry) => (
                <HistoryEntryCard key={entry.id} entry={entry} isWithin onRevert={onRevert} />
              ))}
            </ul>
            {total > entries.length && (
              <TextLink href={paths.change(revision)}>
                {text("history.allEntries", { count: total })}
              </TextLink>
            )}
          </>
        )}
      </div>
    </li>
  );
}

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ChangeSetInfo, HistoryEntry } from "../../../src/admin/contract/contract.ts";
import { useChangeSet } from "../api/queries.ts";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { Section } from "../components/section.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";
import { ConcernedTypes } from "./history/concerned-types.tsx";
import { EntryOrigin } from "./history/entry-origin.tsx";
import styles from "./history/history-entry.module.css";
import { HistoryEntryCard } from "./history/history-entry-card.tsx";
import { RevertAllButton } from "./history/revert-all-button.tsx";
import { RevertAllModal } from "./history/revert-all-modal.tsx";
import { RevertModal } from "./history/revert-modal.tsx";
import { summaryOf } from "./history/summary.ts";
import { obstacleOf, WhyNot } from "./history/why-not.tsx";

/** How many entries are added at a time. */
const step = 50;

/** All that one action changed, under an address of its own. */
export default function ChangePage({ revision }: { readonly revision: string }) {
  const text = useText();
  const set = useChangeSet(revision);
  if (set.data !== undefined) return <ChangeView set={set.data} />;
  return (
    <>
      <PageTitle
        title={text("history.revision", { revision })}
        trail={[{ label: text("history.title"), href: paths.history }]}
      />
      {set.isError ? <ErrorState error={set.error} onRetry={set.refetch} /> : <PageSkeleton />}
    </>
  );
}

function ChangeView({ set }: { readonly set: ChangeSetInfo }) {
  const text = useText();
  const format = useFormat();
  const [shown, setShown] = useState(step);
  const [reverted, setReverted] = useState<HistoryEntry>();
  const [allReverted, setAllReverted] = useState<ChangeSetInfo>();
  const { entries, total, reason, isRevertible } = set;
  const obstacle = obstacleOf(set);
  return (
    <>
      <PageTitle
        title={summaryOf(set, text, format)}
        trail={[{ label: text("history.title"), href: paths.history }]}
        actions={isRevertible && <RevertAllButton set={set} onRevertAll={setAllReverted} />}
      />
      <div className={styles.head}>
        <ConcernedTypes entries={entries} />
        <EntryOrigin entry={set} />
      </div>
      {reason !== null && (
        <p className={styles.reason} dir="auto">
          {text("history.because", { reason })}
        </p>
      )}
      {!isRevertible && obstacle && total > 1 && (
        <p className={styles.reason}>
          <WhyNot entry={obstacle} isNamed />
        </p>
      )}
      <Section title={text("history.entries", { count: total })}>
        <ul className={styles.list}>
          {entries.slice(0, shown).map((entry) => (
            <HistoryEntryCard key={entry.id} entry={entry} isWithin onRevert={setReverted} />
          ))}
        </ul>
        {entries.length > shown && (
          <div className={styles.foot}>
            <Button variant="default" onClick={() => setShown(shown + step)}>
              {text("history.moreEntries")}
            </Button>
          </div>
        )}
        {total > entries.length && shown >= entries.length && (
          <p className={styles.meta}>
            {text("history.firstEntries", { shown: entries.length, count: total })}
          </p>
        )}
      </Section>
      <RevertModal entry={reverted} onClose={() => setReverted(undefined)} />
      <RevertAllModal set={allReverted} onClose={() => setAllReverted(undefined)} />
    </>
  );
}

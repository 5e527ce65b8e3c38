import { Button, Text } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import type { ChangeSetInfo, HistoryEntry } from "../../../src/admin/contract/contract.ts";
import { useChangeSets } from "../api/queries.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { ChangeSetCard } from "./history/change-set-card.tsx";
import styles from "./history/history-entry.module.css";
import {
  type HistoryFilter,
  isFiltered,
  readHistoryFilter,
  toHistoryQuery,
  writeHistoryFilter,
} from "./history/history-filter.ts";
import { HistoryFilters } from "./history/history-filters.tsx";
import { RevertAllModal } from "./history/revert-all-modal.tsx";
import { RevertModal } from "./history/revert-modal.tsx";

export default function HistoryPage() {
  const text = useText();
  const [parameters, setParameters] = useSearchParams();
  const filter = readHistoryFilter(parameters);
  const narrow = useCallback(
    (change: Partial<HistoryFilter>) =>
      setParameters((before) => writeHistoryFilter({ ...readHistoryFilter(before), ...change }), {
        replace: true,
      }),
    [setParameters],
  );
  const clear = () => setParameters(new URLSearchParams(), { replace: true });
  return (
    <>
      <PageTitle title={text("history.title")} />
      <HistoryFilters filter={filter} onChange={narrow} onClear={clear} />
      <Entries filter={filter} onClear={clear} />
    </>
  );
}

interface EntriesProps {
  readonly filter: HistoryFilter;
  readonly onClear: () => void;
}

function Entries({ filter, onClear }: EntriesProps) {
  const text = useText();
  const history = useChangeSets(toHistoryQuery(filter));
  const [reverted, setReverted] = useState<HistoryEntry>();
  const [allReverted, setAllReverted] = useState<ChangeSetInfo>();

  if (history.isPending) return <PageSkeleton />;
  if (history.data === undefined) return <ErrorState error={history.error} onRetry={history.refetch} />;
  const sets = history.data.pages.flatMap((page) => page.changes);
  if (sets.length === 0) return <NoEntries isFiltered={isFiltered(filter)} onClear={onClear} />;
  return (
    <>
      {history.isError && <ErrorState error={history.error} onRetry={history.refetch} />}
      <ol className={styles.list} aria-busy={history.isPlaceholderData}>
        {sets.map((set) => (
          <ChangeSetCard key={set.revision} set={set} onRevert={setReverted} onRevertAll={setAllReverted} />
        ))}
      </ol>
      <div className={styles.foot}>
        {history.hasNextPage ? (
          <OlderButton key={JSON.stringify(filter)} history={history} />
        ) : (
          <Text size="sm" c="dimmed">
            {text("history.end")}
          </Text>
        )}
      </div>
      <RevertModal entry={reverted} onClose={() => setReverted(undefined)} />
      <RevertAllModal set={allReverted} onClose={() => setAllReverted(undefined)} />
    </>
  );
}

/** Adds a page. News have all that are shown read again, which ends the reading of a further one: it then begins anew. */
function OlderButton({ history }: { readonly history: ReturnType<typeof useChangeSets> }) {
  const text = useText();
  const { data, isError, isFetching, isFetchingNextPage, fetchNextPage } = history;
  const shown = data?.pages.length ?? 0;
  const [wanted, setWanted] = useState(0);
  const isWanted = wanted > shown && !isError;

  useEffect(() => {
    if (isWanted && !isFetching) void fetchNextPage();
  }, [isWanted, isFetching, fetchNextPage]);

  const readOlder = () => {
    setWanted(shown + 1);
    void fetchNextPage();
  };
  return (
    <Button variant="default" loading={isWanted || isFetchingNextPage} onClick={readOlder}>
      {text("history.older")}
    </Button>
  );
}

function NoEntries({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  const text = useText();
  if (!isFiltered) return <EmptyState title={text("history.none.title")} hint={text("history.none.hint")} />;
  return (
    <EmptyState
      title={text("history.noMatch.title")}
      hint={text("history.noMatch.hint")}
      action={
        <Button variant="default" onClick={onClear}>
          {text("action.clearFilters")}
        </Button>
      }
    />
  );
}

import { Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import type { HistoryEntry, ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { useHistory } from "../../api/queries.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import historyStyles from "../history/history-entry.module.css";
import { HistoryEntryCard } from "../history/history-entry-card.tsx";
import { RevertModal } from "../history/revert-modal.tsx";

const shownEntries = 10;

/** The latest changes of an item. */
export function RecentHistorySection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  return (
    <Section
      title={text("item.history")}
      collapsible="item history"
      beside={
        <TextLink href={`${paths.history}?item=${encodeURIComponent(item.id)}`}>
          {text("item.history.all")}
        </TextLink>
      }
    >
      <Entries itemId={item.id} />
    </Section>
  );
}

function Entries({ itemId }: { readonly itemId: string }) {
  const text = useText();
  const { data, isPending, error, refetch } = useHistory({ entity: itemId, limit: shownEntries });
  const [reverted, setReverted] = useState<HistoryEntry>();
  if (isPending) return <Skeleton height={120} />;
  if (data === undefined) return <ErrorState error={error} onRetry={refetch} />;
  const entries = data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text("item.history.none")}
      </Text>
    );
  }
  return (
    <>
      <ol className={historyStyles.list}>
        {entries.map((entry) => (
          <HistoryEntryCard key={entry.id} entry={entry} withSubject={false} onRevert={setReverted} />
        ))}
      </ol>
      <RevertModal entry={reverted} onClose={() => setReverted(undefined)} />
    </>
  );
}

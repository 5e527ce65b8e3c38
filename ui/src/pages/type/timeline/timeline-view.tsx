import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { TypeDetail } from "../../../../../src/admin/contract/contract.ts";
import { useTimeline } from "../../../api/queries.ts";
import { ErrorState } from "../../../components/error-state.tsx";
import { PageSkeleton } from "../../../components/page-skeleton.tsx";
import { Section } from "../../../components/section.tsx";
import { useText } from "../../../i18n/use-text.ts";
import styles from "./timeline.module.css";
import { TimelineEntry } from "./timeline-entry.tsx";

const firstShown = 30;
const mostShown = 200;

/** What happened to a type, and who changed what, in one line of time. */
export default function TimelineView({ type }: { readonly type: TypeDetail }) {
  const text = useText();
  const [limit, setLimit] = useState(firstShown);
  const timeline = useTimeline(type.id, limit);
  if (timeline.data === undefined) {
    if (timeline.isError) return <ErrorState error={timeline.error} onRetry={timeline.refetch} />;
    return <PageSkeleton rows={5} />;
  }
  const { entries } = timeline.data;
  return (
    <Section title={text("timeline.title")}>
      {entries.length === 0 && <Text c="dimmed">{text("timeline.none")}</Text>}
      <ol className={styles.list} aria-busy={timeline.isPlaceholderData}>
        {entries.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {entries.length >= limit && limit < mostShown && (
        <div className={styles.foot}>
          <Button variant="default" onClick={() => setLimit(mostShown)}>
            {text("timeline.more")}
          </Button>
        </div>
      )}
    </Section>
  );
}

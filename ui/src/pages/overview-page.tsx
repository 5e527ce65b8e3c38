import { useAttention, useTypes } from "../api/queries.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { AttentionSection } from "./overview/attention-section.tsx";
import { Headline } from "./overview/headline.tsx";
import { LastHourSection } from "./overview/last-hour-section.tsx";
import { LatestChangesSection } from "./overview/latest-changes-section.tsx";
import styles from "./overview/overview.module.css";
import { standingOf } from "./overview/standing.ts";

/** How things stand: what needs attention, the last hour's calls and the latest changes. */
export default function OverviewPage() {
  const text = useText();
  return (
    <>
      <PageTitle title={text("overview.title")} />
      <Standing />
    </>
  );
}

function Standing() {
  const text = useText();
  const attention = useAttention();
  const types = useTypes();
  const failed = [attention, types].find(({ data, isError }) => isError && data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={failed.refetch} />;
  if (attention.data === undefined || types.data === undefined) return <PageSkeleton />;
  const { entries } = attention.data;
  const { types: all } = types.data;
  if (all.length === 0 && entries.length === 0) {
    return <EmptyState title={text("types.empty.title")} hint={text("types.empty.hint")} />;
  }
  return (
    <div className={styles.overview}>
      <Headline standing={standingOf(entries, all)} isKnownNow={!attention.isError && !types.isError} />
      {entries.length > 0 && <AttentionSection entries={entries} />}
      <div className={styles.halves}>
        <LastHourSection types={all} />
        <LatestChangesSection />
      </div>
    </div>
  );
}

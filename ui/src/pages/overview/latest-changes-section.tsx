import { Skeleton, Text } from "@mantine/core";
import { useChangeSets } from "../../api/queries.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { ConcernedTypes } from "../history/concerned-types.tsx";
import { summaryOf } from "../history/summary.ts";
import styles from "./overview.module.css";

const shownChanges = 5;

/** The latest changes, with who made them and why. */
export function LatestChangesSection() {
  const text = useText();
  return (
    <Section
      title={text("overview.changes")}
      beside={<TextLink href={paths.history}>{text("shell.history")}</TextLink>}
    >
      <Entries />
    </Section>
  );
}

function Entries() {
  const text = useText();
  const format = useFormat();
  const { data, error, refetch } = useChangeSets({ limit: shownChanges });
  if (data === undefined) {
    return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={120} />;
  }
  const sets = data.pages[0]?.changes ?? [];
  if (sets.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text("history.none.title")}
      </Text>
    );
  }
  return (
    <ol className={styles.list}>
      {sets.map((set) => (
        <li key={set.revision}>
          <div className={styles.head}>
            <TextLink href={paths.change(set.revision)}>
              <bdi>{summaryOf(set, text, format)}</bdi>
            </TextLink>
            <ConcernedTypes entries={set.entries} />
            {set.actor !== null && (
              <span className={styles.dimmed}>{text("history.by", { actor: set.actor })}</span>
            )}
            <span className={styles.dimmed}>
              <RelativeTime at={set.at} />
            </span>
          </div>
          {set.reason !== null && (
            <p className={styles.message} dir="auto">
              {text("history.because", { reason: set.reason })}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

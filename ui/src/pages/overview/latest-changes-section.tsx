import { Skeleton, Text } from "@mantine/core";
import { useHistory } from "../../api/queries.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { actionTones } from "../history/action-tones.ts";
import { EntrySubject } from "../history/entry-subject.tsx";
import styles from "./overview.module.css";

const shownEntries = 5;

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
  const { data, error, refetch } = useHistory({ limit: shownEntries });
  if (data === undefined) {
    return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={120} />;
  }
  const entries = data.pages[0]?.entries ?? [];
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text("history.none.title")}
      </Text>
    );
  }
  return (
    <ol className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <div className={styles.head}>
            <ToneBadge tone={actionTones[entry.action]}>{text(`history.action.${entry.action}`)}</ToneBadge>
            <EntrySubject entry={entry} />
            {entry.actor !== null && (
              <span className={styles.dimmed}>{text("history.by", { actor: entry.actor })}</span>
            )}
            <span className={styles.dimmed}>
              <RelativeTime at={entry.at} />
            </span>
          </div>
          {entry.reason !== null && (
            <p className={styles.message} dir="auto">
              {text("history.because", { reason: entry.reason })}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

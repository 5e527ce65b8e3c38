import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import styles from "./history-entry.module.css";

interface EntryOriginProps {
  readonly entry: Pick<HistoryEntry, "actor" | "source" | "at" | "revision">;
}

/** By whom a change was made, from where and when. A sync is nobody's in particular. */
export function EntryOrigin({ entry }: EntryOriginProps) {
  const text = useText();
  return (
    <>
      {entry.actor !== null && (
        <span className={styles.meta}>{text("history.by", { actor: entry.actor })}</span>
      )}
      <span className={styles.meta}>{text(`history.source.${entry.source}`)}</span>
      <span className={styles.meta}>
        <RelativeTime at={entry.at} />
      </span>
      <span className={styles.meta}>
        <TextLink href={paths.change(entry.revision)}>
          {text("history.revision", { revision: String(entry.revision) })}
        </TextLink>
      </span>
    </>
  );
}

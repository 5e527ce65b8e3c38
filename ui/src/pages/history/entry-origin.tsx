import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "./history-entry.module.css";

/** By whom a change was made, from where and when. A sync is nobody's in particular. */
export function EntryOrigin({ entry }: { readonly entry: HistoryEntry }) {
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
      <span className={styles.meta}>{text("history.revision", { revision: entry.revision })}</span>
    </>
  );
}

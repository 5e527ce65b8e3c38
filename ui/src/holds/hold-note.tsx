import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { RelativeTime } from "../components/relative-time.tsx";
import { useText } from "../i18n/use-text.ts";
import styles from "./hold-note.module.css";

interface HoldNoteProps {
  readonly hold: NonNullable<ItemInfo["hold"]>;
  /** Whether a long reason is cut after two lines. */
  readonly isShort?: boolean;
}

/** Why an item is held, and until when. */
export function HoldNote({ hold, isShort = false }: HoldNoteProps) {
  const text = useText();
  const isOver = hold.until !== undefined && Date.parse(hold.until) <= Date.now();
  return (
    <>
      <span className={isShort ? `${styles.reason} ${styles.short}` : styles.reason} dir="auto">
        {hold.reason}
      </span>
      {!isOver && (
        <span className={styles.until}>
          {text(hold.until === undefined ? "hold.open" : "hold.back")}{" "}
          {hold.until !== undefined && <RelativeTime at={hold.until} />}
        </span>
      )}
    </>
  );
}

import type { ItemInfo, ReadinessInfo } from "../../../src/admin/contract/contract.ts";
import { HoldNote } from "../holds/hold-note.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import styles from "./readiness-badge.module.css";
import { type Tone, ToneBadge } from "./tone-badge.tsx";

const tones: Readonly<Record<ReadinessInfo["kind"], Tone>> = {
  ready: "good",
  making: "calm",
  failed: "bad",
  missing: "bad",
  cooling: "warn",
  held: "warn",
  idle: "calm",
};

interface ReadinessBadgeProps {
  readonly readiness: ReadinessInfo;
  /** `whole` shows all of the error, `short` two lines of it. */
  readonly error?: "whole" | "short" | "none";
  /** Of a held item, to say why and until when. Default: that is not said. */
  readonly hold?: ItemInfo["hold"];
}

/** What the process that answers found about an item, and what went wrong where it failed. */
export function ReadinessBadge({ readiness, error = "short", hold = null }: ReadinessBadgeProps) {
  const text = useText();
  const format = useFormat();
  const hasError = error !== "none" && readiness.error !== undefined;
  const isHeld = readiness.kind === "held";
  const until = isAhead(readiness.until) && !isHeld ? readiness.until : undefined;
  return (
    <span className={styles.readiness}>
      <ToneBadge tone={tones[readiness.kind]} title={readiness.error}>
        {text(`readiness.${readiness.kind}`)}
      </ToneBadge>
      {isHeld && hold !== null && <HoldNote hold={hold} isShort={error !== "whole"} />}
      {hasError && (
        <span className={error === "short" ? `${styles.error} ${styles.short}` : styles.error} dir="auto">
          {readiness.error}
        </span>
      )}
      {error !== "none" && until !== undefined && (
        <span className={styles.until}>{text("readiness.until", { when: format.relative(until) })}</span>
      )}
    </span>
  );
}

/** A time that has passed says nothing: the next try is under way. */
const isAhead = (iso: string | undefined): boolean => iso !== undefined && Date.parse(iso) > Date.now();

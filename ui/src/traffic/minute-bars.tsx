import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { percentOf } from "./percent-of.ts";
import styles from "./sparkline.module.css";

const height = 20;

interface MinuteBarsProps {
  readonly total: number;
  /** How many of them failed. */
  readonly failed: number;
  readonly byMinute: readonly number[];
  readonly failuresByMinute: readonly number[];
  /** Whether they take all the room there is. Default false. */
  readonly isWide?: boolean;
}

/** The calls of the last hour by minute, the failed ones in another colour, and how many of them failed. */
export function MinuteBars({ total, failed, byMinute, failuresByMinute, isWide = false }: MinuteBarsProps) {
  const text = useText();
  const format = useFormat();
  const most = Math.max(...byMinute, 1);
  const rate = format.number(percentOf(failed, total));
  const bars = (counts: readonly number[]): string =>
    counts
      .map((count, minute) => {
        const size = count === 0 ? 0 : Math.max(1, (count / most) * height);
        return count === 0 ? "" : `M${minute} ${height}v${-size}h.8v${size}z`;
      })
      .join("");
  const label = text("traffic.spark", { count: total, rate });
  return (
    <span className={isWide ? `${styles.spark} ${styles.wide}` : styles.spark} title={label}>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${byMinute.length} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path className={styles.calls} d={bars(byMinute)} />
        <path className={styles.failures} d={bars(failuresByMinute)} />
      </svg>
      {failed > 0 && (
        <span className={styles.rate} aria-hidden>
          {text("traffic.rate", { rate })}
        </span>
      )}
    </span>
  );
}

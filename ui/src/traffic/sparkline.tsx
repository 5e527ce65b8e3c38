import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { percentOf } from "./percent-of.ts";
import { useLastHour } from "./recent-traffic.tsx";
import styles from "./sparkline.module.css";

const height = 20;

/** The calls of the last hour by minute, the failed ones in another colour, and how many of them failed. */
export function Sparkline({ id }: { readonly id: string }) {
  const text = useText();
  const format = useFormat();
  const hour = useLastHour(id);
  if (hour === undefined) return null;
  const { calls, failures, byMinute, failuresByMinute } = hour;
  const most = Math.max(...byMinute, 1);
  const rate = format.number(percentOf(failures, calls));
  const bars = (counts: readonly number[]): string =>
    counts
      .map((count, minute) => {
        const size = count === 0 ? 0 : Math.max(1, (count / most) * height);
        return count === 0 ? "" : `M${minute} ${height}v${-size}h.8v${size}z`;
      })
      .join("");
  const label = text("traffic.spark", { count: calls, rate });
  return (
    <span className={styles.spark} title={label}>
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
      {failures > 0 && (
        <span className={styles.rate} aria-hidden>
          {text("traffic.rate", { rate })}
        </span>
      )}
    </span>
  );
}

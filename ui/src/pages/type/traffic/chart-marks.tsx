import { Link } from "wouter";
import styles from "./traffic-charts.module.css";

/** When something was changed, and where that is told. */
export interface ChartMark {
  /** In seconds. */
  readonly at: number;
  /** What was changed, in a line. */
  readonly title: string;
  readonly href: string;
}

interface ChartMarksProps {
  readonly marks: readonly ChartMark[];
  /** Where the time axis begins and ends, in seconds. */
  readonly from: number;
  readonly to: number;
}

/**
 * A dashed line at each change, which is a link to it, the latest on top. They are for those who point: the list below
 * the charts has the same links for the keyboard and for screen readers.
 */
export function ChartMarks({ marks, from, to }: ChartMarksProps) {
  return marks
    .filter(({ at }) => at >= from && at <= to)
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, title, href }) => (
      <Link
        key={href}
        href={href}
        title={title}
        className={styles.mark}
        style={{ left: `${((at - from) / (to - from)) * 100}%` }}
        tabIndex={-1}
      />
    ));
}

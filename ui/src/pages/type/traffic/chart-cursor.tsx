import type { KeyboardEvent } from "react";
import styles from "./traffic-charts.module.css";

interface ChartCursorProps {
  readonly title: string;
  /** How many steps the chart has. */
  readonly count: number;
  /** The step that is read out above the chart; undefined where none is. */
  readonly pointed: number | undefined;
  /** What is read out of a step. */
  readonly said: (step: number) => string;
  readonly onPoint: (step: number | undefined) => void;
}

/**
 * What the pointer does, by keyboard: arrow keys, Home and End move from step to step, Escape leaves them. Time runs to
 * the right in all languages, so the right arrow is always later.
 */
export function ChartCursor({ title, count, pointed, said, onPoint }: ChartCursorProps) {
  const last = count - 1;
  const at = pointed ?? last;
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepFor(event.key, pointed, last);
    if (step === undefined) return;
    event.preventDefault();
    onPoint(step === "none" ? undefined : Math.min(Math.max(step, 0), last));
  };
  return (
    <div
      className={styles.cursor}
      role="slider"
      tabIndex={0}
      aria-label={title}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at}
      aria-valuetext={said(at)}
      onFocus={() => onPoint(at)}
      onBlur={() => onPoint(undefined)}
      onKeyDown={press}
    />
  );
}

/** Where a key leads; undefined: it is none of the cursor's. */
function stepFor(key: string, pointed: number | undefined, last: number): number | "none" | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return pointed === undefined ? last : pointed + 1;
    case "ArrowLeft":
    case "ArrowDown":
      return pointed === undefined ? last : pointed - 1;
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return pointed === undefined ? undefined : "none";
    default:
      return undefined;
  }
}

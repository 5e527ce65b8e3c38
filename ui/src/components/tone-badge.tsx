import type { ReactNode } from "react";
import tones from "./tone.module.css";
import styles from "./tone-badge.module.css";

export type Tone = "good" | "warn" | "bad" | "info" | "calm";

interface ToneBadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string | undefined;
}

/** A short word on a coloured ground; the word says it all, the colour only finds it faster. */
export function ToneBadge({ tone, children, title }: ToneBadgeProps) {
  return (
    <span className={`${styles.badge} ${tones[tone]}`} title={title}>
      {children}
    </span>
  );
}

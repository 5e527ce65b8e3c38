import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { Icon } from "./icon.tsx";
import styles from "./section.module.css";
import { useCollapsed } from "./use-collapsed.ts";

interface SectionProps {
  readonly title: string;
  /** At the end of the heading's line, such as a link. */
  readonly beside?: ReactNode;
  /** The name under which the browser keeps that it is collapsed. Default: it cannot be. */
  readonly collapsible?: string;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Section({ title, beside, collapsible, children }: SectionProps) {
  const id = useId();
  const contentId = useId();
  const [isCollapsed, collapse] = useCollapsed(collapsible);
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={isCollapsed ? `${styles.head} ${styles.alone}` : styles.head}>
        <Title order={2} size="h4" id={id}>
          {collapsible === undefined ? (
            title
          ) : (
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={!isCollapsed}
              aria-controls={contentId}
              onClick={() => collapse(!isCollapsed)}
            >
              {title}
              <Icon name="chevronDown" size={16} className={isCollapsed ? styles.closed : undefined} />
            </button>
          )}
        </Title>
        {beside}
      </div>
      {/* Hidden, not gone: what was typed into it stays. */}
      <div id={contentId} hidden={isCollapsed}>
        {children}
      </div>
    </section>
  );
}

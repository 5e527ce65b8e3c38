import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

interface SectionProps {
  readonly title: string;
  /** At the end of the heading's line, such as a link. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Section({ title, beside, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {beside}
      </div>
      {children}
    </section>
  );
}

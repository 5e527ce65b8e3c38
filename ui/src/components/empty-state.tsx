import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and what to do next. */
  readonly hint: string;
  readonly action?: ReactNode;
}

export function EmptyState({ title, hint, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <Text fw={600}>{title}</Text>
      <Text size="sm" className={styles.hint ?? ""}>
        {hint}
      </Text>
      {action}
    </div>
  );
}

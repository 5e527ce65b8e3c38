import type { ReactNode } from "react";
import styles from "./filter-bar.module.css";

/** The search and the filters above a list. */
export function FilterBar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <search className={styles.bar} aria-label={label}>
      {children}
    </search>
  );
}

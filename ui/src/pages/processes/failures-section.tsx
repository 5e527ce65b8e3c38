import { ItemName } from "../../components/item-name.tsx";
import { ProcessNames } from "../../components/process-names.tsx";
import { Section } from "../../components/section.tsx";
import { useText } from "../../i18n/use-text.ts";
import { groupedFailures } from "./common-troubles.ts";
import type { ProcessInfo } from "./process-card.tsx";
import styles from "./processes.module.css";

/** What went wrong with plugins: the same in several processes is told once. */
export function FailuresSection({ processes }: { readonly processes: readonly ProcessInfo[] }) {
  const text = useText();
  const failures = groupedFailures(processes);
  if (failures.length === 0) return null;
  return (
    <div className={styles.failures}>
      <Section title={text("processes.failed")}>
        <ul>
          {failures.map(({ told: trouble, processes: failing }) => (
            <li key={JSON.stringify([trouble.id, trouble.message])}>
              <ItemName item={trouble} withModule={false} />{" "}
              <bdi className={styles.type}>
                {trouble.type.manager} / {trouble.type.name}
              </bdi>
              <span className={styles.message} dir="auto">
                {trouble.message}
              </span>
              <ProcessNames processes={failing} />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

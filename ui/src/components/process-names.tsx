import { useText } from "../i18n/use-text.ts";
import styles from "./process-names.module.css";

interface ProcessNamesProps {
  readonly processes: readonly { readonly pid: number; readonly host: string; readonly version: string }[];
  /** How many processes there are, where that is said as well. */
  readonly of?: number;
}

const mostShown = 5;

/** How many processes, and which: of many on demand. */
export function ProcessNames({ processes, of }: ProcessNamesProps) {
  const text = useText();
  return (
    <details className={styles.processes} open={processes.length <= mostShown}>
      <summary>
        {of === undefined || of === 1
          ? text("processes.count", { count: processes.length })
          : text("processes.countOf", { count: processes.length, of })}
      </summary>
      <ul>
        {processes.map(({ pid, host, version }) => (
          <li key={`${host} ${pid}`}>
            {text("processes.name", { pid: String(pid), host })}
            {version !== "" && (
              <span className={styles.version}> {text("item.process.version", { version })}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

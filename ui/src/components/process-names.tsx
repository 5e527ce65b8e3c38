import { useText } from "../i18n/use-text.ts";
import styles from "./process-names.module.css";

interface ProcessNamesProps {
  readonly processes: readonly { readonly pid: number; readonly host: string; readonly version: string }[];
}

const mostShown = 5;

/** How many processes, and which: of many on demand. */
export function ProcessNames({ processes }: ProcessNamesProps) {
  const text = useText();
  return (
    <details className={styles.processes} open={processes.length <= mostShown}>
      <summary>{text("processes.count", { count: processes.length })}</summary>
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

import { ErrorAlert } from "../components/error-alert.tsx";
import { useText } from "../i18n/use-text.ts";
import styles from "./config-form.module.css";
import type { ConfigIssue } from "./config-issue.ts";

interface IssueListProps {
  readonly issues: readonly ConfigIssue[];
  /** Whether they are of what is stored, not of what was sent. */
  readonly isStored: boolean;
}

/** All that is wrong with a config: also what no field stands for. */
export function IssueList({ issues, isStored }: IssueListProps) {
  const text = useText();
  if (issues.length === 0) return null;
  return (
    <ErrorAlert title={text(isStored ? "form.unusable" : "form.refused")}>
      <ul className={styles.issues}>
        {issues.map(({ path, message }) => (
          <li key={`${path.join("\n")}\n\n${message}`}>
            {path.length > 0 && (
              <>
                <code dir="ltr">{path.join(".")}</code>
                {": "}
              </>
            )}
            <bdi>{message}</bdi>
          </li>
        ))}
      </ul>
    </ErrorAlert>
  );
}

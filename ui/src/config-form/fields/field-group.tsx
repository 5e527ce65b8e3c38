import { type ReactNode, useId } from "react";
import styles from "../config-form.module.css";

interface FieldGroupProps {
  readonly title: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
  readonly isRequired: boolean;
  /** Below the description, such as what the default is. */
  readonly note?: ReactNode;
  /** At the end of the title's line, such as a button. */
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** Fields that belong together, under a title of their own. */
export function FieldGroup({
  title,
  description,
  error,
  isRequired,
  note,
  action,
  children,
}: FieldGroupProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend takes no button beside it
    <div role="group" aria-labelledby={id} className={styles.group}>
      <div className={styles.groupHead}>
        <div>
          <div className={styles.groupTitle}>
            <span id={id} dir="auto">
              {title}
            </span>
            {isRequired && (
              <span className={styles.required} aria-hidden="true">
                {" *"}
              </span>
            )}
          </div>
          {description !== undefined && (
            <p className={styles.description} dir="auto">
              {description}
            </p>
          )}
          {note}
        </div>
        {action}
      </div>
      {error !== undefined && (
        <p className={styles.error} dir="auto">
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

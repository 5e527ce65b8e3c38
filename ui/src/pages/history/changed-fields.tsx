import type { ReactNode } from "react";
import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./changed-fields.module.css";
import { fieldName } from "./field-name.ts";
import { FieldValue } from "./field-value.tsx";

interface ChangedFieldsProps {
  readonly entry: Pick<HistoryEntry, "before" | "after">;
  /** What the columns are called, where they are not before and after. */
  readonly columns?: { readonly before: string; readonly after: string };
}

/** A change field by field: as it was, and as it became. What was created or purged has one side only. */
export function ChangedFields({ entry: { before, after }, columns }: ChangedFieldsProps) {
  const text = useText();
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return <p className={styles.none}>{text("history.noFields")}</p>;
  const names = columns ?? { before: text("history.before"), after: text("history.after") };
  return (
    <table className={styles.fields}>
      <thead>
        <tr>
          <th scope="col">{text("history.field")}</th>
          {before && <th scope="col">{names.before}</th>}
          {after && <th scope="col">{names.after}</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldName(field, text)}</th>
            {before && (
              <Side name={names.before} className={styles.before}>
                <FieldValue field={field} value={before[field]} />
              </Side>
            )}
            {after && (
              <Side name={names.after} className={styles.after}>
                <FieldValue field={field} value={after[field]} />
              </Side>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SideProps {
  readonly name: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** On a phone the heads are gone and the columns stand below each other, so each value says which it is. */
function Side({ name, className, children }: SideProps) {
  return (
    <td className={className}>
      <span className={styles.side}>{name}</span>
      {children}
    </td>
  );
}

import { type ReactNode, use } from "react";
import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { configDifferences } from "../../../../src/secrets/config-differences.ts";
import { ConfigPath, ConfigSchemaContext } from "../../config-form/config-path.tsx";
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
  const hasTitles = use(ConfigSchemaContext) !== null;
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
        {fields
          .flatMap((field) => placesOf(field, before, after))
          .map(({ field, path, ...place }) => (
            <tr key={`${field} ${path}`}>
              <th scope="row">
                {fieldName(field, text)}
                {path !== "" && hasTitles && (
                  <span className={styles.path}>
                    <ConfigPath path={path} />
                  </span>
                )}
                {path !== "" && <code className={styles.path}>{path}</code>}
              </th>
              {before && (
                <Side name={names.before} className={styles.before}>
                  <FieldValue field={field} value={place.before} />
                </Side>
              )}
              {after && (
                <Side name={names.after} className={styles.after}>
                  <FieldValue field={field} value={place.after} />
                </Side>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

type Fields = HistoryEntry["before"];

interface Place {
  readonly field: string;
  /** Where in a config it is; empty for the whole field. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** What is told of a field: of a config that was changed, each path at which it differs. */
function placesOf(field: string, before: Fields, after: Fields): readonly Place[] {
  const whole = { field, path: "", before: fieldOf(before, field), after: fieldOf(after, field) };
  if (field !== "config" || before === null || after === null) return [whole];
  const places = configDifferences(whole.before, whole.after).map((place) => ({ field, ...place }));
  // Where only the order of its fields differs, all is said.
  return places.length === 0 ? [whole] : places;
}

const fieldOf = (fields: Fields, field: string) => fields?.[field] as JsonValue | undefined;

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

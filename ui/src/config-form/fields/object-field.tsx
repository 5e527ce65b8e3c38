import { isJsonObject, withMember } from "../../json.ts";
import styles from "../config-form.module.css";
import type { ObjectKind } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import { keyTitle } from "../key-title.ts";
import { withConstants, withoutDefaults } from "../starting-value.ts";
import { DefaultNote } from "./default-note.tsx";
import { FieldGroup } from "./field-group.tsx";
import { type FieldProps, textOf, useIssueText } from "./field-props.ts";
import { Part } from "./part.tsx";
import { PresenceButton } from "./presence-button.tsx";
import { RecordFields } from "./record-fields.tsx";

/** An object in an object: one that may be left out is added and removed as a whole. */
export function ObjectField(field: FieldProps<ObjectKind>) {
  const { kind, label, schema, value, fallback, isRequired, isUnlabelled } = field;
  const { form } = useForm();
  const error = useIssueText(field);
  if (isUnlabelled) return <ObjectFields {...field} />;
  const isThere = isJsonObject(value);
  return (
    <FieldGroup
      title={label}
      description={textOf(schema.description)}
      error={error}
      isRequired={isRequired}
      note={<DefaultNote field={field} isShown={!isThere} />}
      action={
        <PresenceButton
          field={field}
          isThere={isThere}
          {...(isJsonObject(fallback) ? { copy: withoutDefaults(fallback, kind.properties, form) } : {})}
        />
      }
    >
      {isThere && <ObjectFields {...field} />}
    </FieldGroup>
  );
}

/** The fields of an object, without a frame around them. */
export function ObjectFields({ kind, path, value, onChange }: FieldProps<ObjectKind>) {
  const { form } = useForm();
  const object = isJsonObject(value) ? value : {};
  return (
    <div className={styles.fields}>
      {kind.properties.map(({ key, schema, isRequired }) => (
        <Part
          key={key}
          part={schema}
          name={keyTitle(key)}
          path={[...path, key]}
          value={object[key]}
          isRequired={isRequired}
          onChange={(member) =>
            onChange(withMember(withConstants(object, kind.properties, form), key, member))
          }
        />
      ))}
      {kind.additional !== undefined && (
        <RecordFields
          additional={kind.additional}
          named={kind.properties.map(({ key }) => key)}
          path={path}
          value={object}
          onChange={onChange}
        />
      )}
    </div>
  );
}

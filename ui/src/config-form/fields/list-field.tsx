import { Button } from "@mantine/core";
import { useState } from "react";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "../config-form.module.css";
import { emptyItem } from "../empty-item.ts";
import type { ListKind } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import type { JsonSchema } from "../json-schema.ts";
import { DefaultNote } from "./default-note.tsx";
import { FieldGroup } from "./field-group.tsx";
import { emptyOf, type FieldProps, textOf, useIssueText } from "./field-props.ts";
import { ListItem } from "./list-item.tsx";
import { PresenceButton } from "./presence-button.tsx";

/** Items in an order; each keeps an identity while it is moved, so that what stands in its fields goes along. */
export function ListField(field: FieldProps<ListKind>) {
  const { kind, label, schema, path, value, fallback, isRequired, onChange } = field;
  const text = useText();
  const { form, isDisabled } = useForm();
  const error = useIssueText(field);
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const identities = useIdentities(items.length);
  const further = kind.items;
  const isThere = Array.isArray(value);
  const copy = Array.isArray(fallback) ? fallback : undefined;

  const change = (next: readonly JsonValue[], ids: readonly number[]) => {
    identities.set(ids);
    const isNothing = next.length === 0 && !isRequired && fallback === undefined;
    onChange(isNothing ? emptyOf(field) : next);
  };
  const move = (from: number, to: number) => change(moved(items, from, to), moved(identities.ids, from, to));

  return (
    <FieldGroup
      title={label}
      description={textOf(schema.description)}
      error={error}
      isRequired={isRequired}
      note={<DefaultNote field={field} isShown={!isThere} />}
      action={
        (kind.fixed.length > 0 || fallback !== undefined) && (
          <PresenceButton field={field} isThere={isThere} {...(copy === undefined ? {} : { copy })} />
        )
      }
    >
      {items.length > 0 && (
        <ol className={styles.list}>
          {items.map((item, index) => {
            const part = kind.fixed[index] ?? further ?? anything;
            const isFixed = index < kind.fixed.length;
            return (
              <ListItem
                key={identities.ids[index]}
                part={part}
                name={text("form.item", { list: label, position: index + 1 })}
                path={[...path, String(index)]}
                value={item}
                isFixed={isFixed}
                canMoveUp={index > kind.fixed.length}
                canMoveDown={!isFixed && index < items.length - 1}
                onChange={(next) => onChange(items.with(index, next ?? emptyItem(part, form)))}
                onMove={(step) => move(index, index + step)}
                onRemove={() => change(items.toSpliced(index, 1), identities.ids.toSpliced(index, 1))}
              />
            );
          })}
        </ol>
      )}
      {further !== undefined && (isThere || fallback === undefined) && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            disabled={isDisabled}
            leftSection={<Icon name="plus" size={14} />}
            aria-label={text("form.add.to", { list: label })}
            onClick={() =>
              change([...items, emptyItem(further, form)], [...identities.ids, identities.next()])
            }
          >
            {text("form.add")}
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}

const anything: JsonSchema = {};

function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const [item] = list.slice(from, from + 1) as [Item];
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

let lastIdentity = 0;
const next = () => {
  lastIdentity += 1;
  return lastIdentity;
};

function useIdentities(count: number) {
  const [given, set] = useState<readonly number[]>(() => Array.from({ length: count }, next));
  // Items that came all at once, as a default, have the places that they came at.
  const ids = Array.from({ length: count }, (_, index) => given[index] ?? -1 - index);
  return { ids, set, next };
}

import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import { type JsonObject, withMember } from "../../json.ts";
import styles from "../config-form.module.css";
import { emptyItem } from "../empty-item.ts";
import { readField } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import type { JsonSchema } from "../json-schema.ts";
import { Part } from "./part.tsx";

interface RecordFieldsProps {
  readonly additional: JsonSchema;
  /** Keys that have fields of their own. */
  readonly named: readonly string[];
  readonly path: readonly string[];
  readonly value: JsonObject;
  readonly onChange: (value: JsonObject) => void;
}

/** The members of an object whose names the operator chooses. */
export function RecordFields({ additional, named, path, value, onChange }: RecordFieldsProps) {
  const text = useText();
  const { form, isDisabled } = useForm();
  const { kind } = readField(additional, form, undefined).kind;
  const hasParts = kind === "object" || kind === "list" || kind === "union";
  const keys = Object.keys(value).filter((key) => !named.includes(key));

  const add = () => {
    let number = keys.length + 1;
    while (Object.hasOwn(value, `key${number}`)) number += 1;
    onChange({ ...value, [`key${number}`]: emptyItem(additional, form) });
  };
  /** In its place: a row that jumped away while its name is typed would puzzle. */
  const rename = (from: string, to: string) =>
    onChange(
      Object.fromEntries(Object.entries(value).map(([key, member]) => [key === from ? to : key, member])),
    );

  return (
    <>
      {keys.map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the key is what changes, the place stays
        <div key={index} className={hasParts ? `${styles.record} ${styles.stacked}` : styles.record}>
          <KeyInput value={key} taken={Object.keys(value)} onChange={(to) => rename(key, to)} />
          <div className={styles.recordValue}>
            <Part
              part={additional}
              name={text("form.value", { key })}
              path={[...path, key]}
              value={value[key]}
              isRequired
              isUnlabelled
              onChange={(member) =>
                onChange(withMember(value, key, member ?? (emptyItem(additional, form) as JsonValue)))
              }
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            disabled={isDisabled}
            aria-label={text("form.remove.named", { name: key })}
            onClick={() => onChange(withMember(value, key, undefined))}
          >
            <Icon name="trash" size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isDisabled}
          leftSection={<Icon name="plus" size={14} />}
          onClick={add}
        >
          {text("form.entry.add")}
        </Button>
      </div>
    </>
  );
}

interface KeyInputProps {
  readonly value: string;
  readonly taken: readonly string[];
  readonly onChange: (key: string) => void;
}

function KeyInput({ value, taken, onChange }: KeyInputProps) {
  const text = useText();
  const { isDisabled } = useForm();
  const [typed, setTyped] = useState<string>();
  const isTaken = typed !== undefined && typed !== value && taken.includes(typed);
  return (
    <TextInput
      aria-label={text("form.key")}
      value={typed ?? value}
      disabled={isDisabled}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      error={isTaken ? text("form.key.taken") : undefined}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => {
        if (typed === undefined || isTaken) return;
        if (typed !== "" && typed !== value) onChange(typed);
        setTyped(undefined);
      }}
    />
  );
}

import { Checkbox, Group } from "@mantine/core";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { isSameJson } from "../../json.ts";
import type { ChoiceKind } from "../field-kind.ts";
import { DefaultNote } from "./default-note.tsx";
import { type FieldProps, useInputProps } from "./field-props.ts";
import { WithDefault } from "./with-default.tsx";

/** Any of a few values. */
export function ChoicesField(field: FieldProps<ChoiceKind<"choices">>) {
  const { kind, value, fallback, onChange } = field;
  const { disabled, ...input } = useInputProps(field);
  const holding = value ?? fallback;
  const chosen: readonly JsonValue[] = Array.isArray(holding) ? holding : [];
  const isChosen = (one: JsonValue) => chosen.some((other) => isSameJson(one, other));
  return (
    <WithDefault field={field}>
      <Checkbox.Group
        {...input}
        value={kind.choices.flatMap((choice, index) => (isChosen(choice.value) ? [String(index)] : []))}
        onChange={(indexes) =>
          onChange(
            kind.choices.filter((_, index) => indexes.includes(String(index))).map((choice) => choice.value),
          )
        }
      >
        <Group gap="md" mt={6}>
          {kind.choices.map(({ title }, index) => (
            <Checkbox key={title} value={String(index)} label={title} disabled={disabled} />
          ))}
        </Group>
      </Checkbox.Group>
      <DefaultNote field={field} isShown={value === undefined} />
    </WithDefault>
  );
}

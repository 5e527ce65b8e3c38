import { Checkbox, Group } from "@mantine/core";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { isSameJson } from "../../json.ts";
import type { ChoiceKind } from "../field-kind.ts";
import { type FieldProps, useInputProps } from "./field-props.ts";

/** Any of a few values. */
export function ChoicesField(field: FieldProps<ChoiceKind<"choices">>) {
  const { kind, value, onChange } = field;
  const { disabled, ...input } = useInputProps(field);
  const chosen: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const isChosen = (one: JsonValue) => chosen.some((other) => isSameJson(one, other));
  return (
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
  );
}

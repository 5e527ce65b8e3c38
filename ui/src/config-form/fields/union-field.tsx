import { NativeSelect } from "@mantine/core";
import { type Text, useText } from "../../i18n/use-text.ts";
import { type DraftValue, isJsonObject, withMember } from "../../json.ts";
import styles from "../config-form.module.css";
import type { UnionKind } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import { isSchema, type JsonSchema, type RootSchema } from "../json-schema.ts";
import { constantsOf, matchingOption } from "../matching-option.ts";
import { startingValue } from "../starting-value.ts";
import { defaultText } from "./default-text.ts";
import { emptyOf, type FieldProps, textOf, useInputProps } from "./field-props.ts";
import { Part } from "./part.tsx";
import { useAlternatives } from "./use-alternatives.ts";

/** One of several alternatives: which one, and below it the fields of that. */
export function UnionField(field: FieldProps<UnionKind>) {
  const { kind, label, path, value, fallback, isRequired, onChange } = field;
  const text = useText();
  const { form } = useForm();
  const { error, ...input } = useInputProps(field);
  const { chosen, setChosen, left } = useAlternatives(kind, path, value);
  const option = chosen === undefined ? undefined : kind.options[chosen];

  const choose = (index: number | undefined) => {
    if (chosen !== undefined) left.set(chosen, value);
    setChosen(index);
    const next = index === undefined ? undefined : kind.options[index];
    if (index === undefined || next === undefined) return onChange(emptyOf(field));
    if (left.has(index)) return onChange(left.get(index));
    onChange(startingValue(next, form, carriedOver(next, form, value), true));
  };
  const withoutChoice = () => {
    if (fallback === undefined) return text(isRequired ? "form.choose" : "form.notSet");
    const index = matchingOption(kind.options, form, fallback) ?? -1;
    const option = isJsonObject(fallback) ? kind.options[index] : undefined;
    const value = option === undefined ? defaultText(fallback, text) : optionTitle(option, index, text);
    return text("form.default.option", { value });
  };

  return (
    <div>
      <NativeSelect
        {...input}
        // A single field below says itself what is wrong.
        {...(error === undefined || (option !== undefined && option.type !== "object") ? {} : { error })}
        maw="30rem"
        value={chosen === undefined ? "" : String(chosen)}
        onChange={({ currentTarget }) =>
          choose(currentTarget.value === "" ? undefined : Number(currentTarget.value))
        }
        data={[
          ...(isRequired && option !== undefined ? [] : [{ value: "", label: withoutChoice() }]),
          ...kind.options.map((one, index) => ({
            value: String(index),
            label: optionTitle(one, index, text),
          })),
        ]}
      />
      {option !== undefined && (
        <div className={styles.option}>
          <Part
            key={chosen}
            part={option}
            name={label}
            path={path}
            value={value}
            isRequired
            isUnlabelled
            onChange={onChange}
          />
        </div>
      )}
    </div>
  );
}

const typeNames = ["string", "number", "integer", "boolean", "array", "object"] as const;

function optionTitle(option: JsonSchema, index: number, text: Text): string {
  const constants = constantsOf(option).map(([, value]) => String(value));
  const type = typeNames.find((name) => name === option.type);
  return (
    textOf(option.title) ??
    textOf(constants.join(", ")) ??
    (type === undefined || type === "object"
      ? text("form.option", { position: index + 1 })
      : text(`form.type.${type}`))
  );
}

/** What the new alternative takes of what was filled in for the last one. */
function carriedOver({ properties }: JsonSchema, form: RootSchema, value: DraftValue): DraftValue {
  if (!isSchema(properties) || !isJsonObject(value)) return undefined;
  return Object.entries(properties).reduce<Record<string, never>>((carried, [key, property]) => {
    const isTaken = isSchema(property) && property.const === undefined && form.matches(property, value[key]);
    return isTaken ? (withMember(carried, key, value[key]) as Record<string, never>) : carried;
  }, {});
}

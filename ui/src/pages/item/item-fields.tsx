import { Input, SegmentedControl, Textarea } from "@mantine/core";
import { useId } from "react";
import type { Status } from "../../../../src/definition/status.ts";
import { useText } from "../../i18n/use-text.ts";
import { NumberInput } from "../../numbers/number-input.tsx";
import { statuses } from "../../statuses.ts";
import styles from "./item-form.module.css";
import { type ItemEdits, type ItemValues, priorityRange } from "./item-values.ts";

interface FieldProps {
  readonly values: ItemValues;
  readonly onChange: (change: ItemEdits) => void;
}

interface StatusFieldProps {
  readonly status: Status;
  readonly onChange: (status: Status) => void;
}

export function StatusField({ status: value, onChange }: StatusFieldProps) {
  const text = useText();
  const id = useId();
  return (
    <div className={styles.status}>
      <Input.Label labelElement="div" id={id}>
        {text("word.status")}
      </Input.Label>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        onChange={onChange}
        data={statuses.map((status) => ({ value: status, label: text(`status.${status}`) }))}
      />
    </div>
  );
}

interface PriorityFieldProps extends FieldProps {
  readonly isValid: boolean;
}

export function PriorityField({ values, isValid, onChange }: PriorityFieldProps) {
  const text = useText();
  return (
    <NumberInput
      label={text("word.priority")}
      description={text("item.priority.hint")}
      error={isValid ? undefined : text("item.priority.invalid", priorityRange)}
      // NaN is refused like every number that is no priority.
      value={values.priority}
      wanted="integer"
      limits={{ minimum: priorityRange.lowest, maximum: priorityRange.highest }}
      onRead={(read) => onChange({ priority: read.kind === "number" ? read.value : Number.NaN })}
      maw="14rem"
    />
  );
}

export function DescriptionField({ values, onChange }: FieldProps) {
  const text = useText();
  return (
    <Textarea
      label={text("word.description")}
      dir="auto"
      autosize
      minRows={2}
      maxRows={12}
      value={values.description}
      onChange={(event) => onChange({ description: event.currentTarget.value })}
    />
  );
}

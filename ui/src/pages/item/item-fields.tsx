import { Input, NumberInput, SegmentedControl, Textarea } from "@mantine/core";
import { useId } from "react";
import { losesDigits } from "../../../../src/definition/exact-number.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { useText } from "../../i18n/use-text.ts";
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
      // An empty box is no number yet; NaN is refused like every other that is none.
      value={Number.isNaN(values.priority) ? "" : values.priority}
      onChange={(value) => onChange({ priority: priorityOf(value) })}
      allowDecimal={false}
      min={priorityRange.lowest}
      max={priorityRange.highest}
      clampBehavior="none"
      maw="14rem"
    />
  );
}

/** Nothing yet, or what would be rounded, is none. */
const priorityOf = (typed: number | string): number =>
  typed === "" || losesDigits(String(typed)) ? Number.NaN : Number(typed);

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

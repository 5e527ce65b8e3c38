import { Button } from "@mantine/core";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./item-form.module.css";
import type { ItemField, ItemValues } from "./item-values.ts";

interface CodeValueProps {
  readonly field: ItemField;
  readonly code: ItemValues;
  readonly values: ItemValues;
  /** Left out where nothing may be changed. */
  readonly onUse?: () => void;
}

/** What the code says of a field, beside what the operator decided. */
export function CodeValue({ field, code, values, onUse }: CodeValueProps) {
  const text = useText();
  const format = useFormat();
  const differs = code[field] !== values[field];
  return (
    <div className={styles.code}>
      <span className={styles.says}>{inWords()}</span>
      {differs && <ToneBadge tone="warn">{text("item.differs")}</ToneBadge>}
      {differs && onUse && (
        <Button
          variant="default"
          size="compact-xs"
          aria-label={text("item.useCode.field", { field: text(`word.${field}`) })}
          onClick={onUse}
        >
          {text("item.useCode")}
        </Button>
      )}
    </div>
  );

  function inWords(): string {
    if (!differs) return text("item.sameAsCode");
    if (field === "status") return text("item.codeSays", { value: text(`status.${code.status}`) });
    if (field === "priority") return text("item.codeSays", { value: format.number(code.priority) });
    return code.description === ""
      ? text("item.codeSaysNothing")
      : text("item.codeSays", { value: code.description });
  }
}

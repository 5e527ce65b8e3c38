import { useFormat } from "../i18n/use-format.ts";
import styles from "./choice-bar.module.css";
import { type Tone, ToneBadge } from "./tone-badge.tsx";

interface ChoiceBarProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly {
    readonly value: Value;
    readonly label: string;
    readonly count: number;
    readonly tone: Tone;
  }[];
  readonly onChange: (value: Value) => void;
}

/** A few exclusive filters, each with how many it would show. */
export function ChoiceBar<Value extends string>({ label, value, choices, onChange }: ChoiceBarProps<Value>) {
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend that is seen
    <div className={styles.choices} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={choice.value === value ? `${styles.choice} ${styles.chosen}` : styles.choice}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
          <ToneBadge tone={choice.tone}>{format.number(choice.count)}</ToneBadge>
        </button>
      ))}
    </div>
  );
}

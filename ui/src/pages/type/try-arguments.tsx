import { Button, Group, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { useExplain } from "../../api/mutations.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { itemTitle } from "../../components/item-title.ts";
import tones from "../../components/tone.module.css";
import { parseJson } from "../../config-form/parse-json.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./try-arguments.module.css";

interface TryArgumentsProps {
  readonly type: TypeDetail;
  /** undefined: back to how it is without arguments. */
  readonly onTried: (explained: TypeDetail | undefined) => void;
}

/** Asks a selector whom it would choose, given arguments that the operator enters. */
export function TryArguments({ type, onTried }: TryArgumentsProps) {
  const text = useText();
  const explain = useExplain(type.id);
  const [entered, setEntered] = useState("[]");
  const [problem, setProblem] = useState<"invalid" | "inexact">();

  function submit(event: FormEvent) {
    event.preventDefault();
    const parsed = parseJson(entered);
    const isList = parsed.kind === "value" && Array.isArray(parsed.value);
    setProblem(parsed.kind === "inexact" ? "inexact" : isList ? undefined : "invalid");
    if (isList) explain.mutate({ args: [...(parsed.value as readonly JsonValue[])] }, { onSuccess: onTried });
  }

  function reset() {
    explain.reset();
    setProblem(undefined);
    onTried(undefined);
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Text fw={600}>{text("type.try.title")}</Text>
      <Text size="sm" c="dimmed">
        {text("type.try.hint")}
      </Text>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={text("type.try.label")}
          value={entered}
          onChange={(event) => {
            setEntered(event.currentTarget.value);
            setProblem(undefined);
          }}
          error={problem && text(`type.try.${problem}`)}
          placeholder='["NL"]'
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          flex="1 1 16rem"
          classNames={{ input: styles.code ?? "" }}
        />
        <Button type="submit" loading={explain.isPending}>
          {text("type.try.submit")}
        </Button>
        {explain.data !== undefined && (
          <Button variant="default" onClick={reset}>
            {text("type.try.reset")}
          </Button>
        )}
      </Group>
      <div aria-live="polite">
        {explain.isError ? (
          <ErrorState error={explain.error} />
        ) : (
          <Answer type={explain.data ?? type} args={explain.data && explain.variables?.args} />
        )}
      </div>
    </form>
  );
}

interface AnswerProps {
  readonly type: TypeDetail;
  readonly args: readonly JsonValue[] | undefined;
}

function Answer({ type, args }: AnswerProps) {
  const text = useText();
  const { selectorError } = type;
  if (args === undefined) {
    if (selectorError === undefined) return null;
    return <SelectorFailure says={text("type.try.without")} error={selectorError} tone="info" />;
  }
  const values = { args: JSON.stringify(args) };
  if (selectorError !== undefined) {
    return <SelectorFailure says={text("type.try.failed", values)} error={selectorError} tone="bad" />;
  }
  const chosen = type.items.find((item) => item.reason === "selected");
  return (
    <p className={`${styles.answer} ${chosen === undefined ? tones.bad : tones.good}`}>
      {chosen === undefined
        ? text("type.try.nobody", values)
        : text("type.try.chosen", { ...values, item: itemTitle(chosen) })}
    </p>
  );
}

interface SelectorFailureProps {
  readonly says: string;
  readonly error: string;
  readonly tone: "info" | "bad";
}

function SelectorFailure({ says, error, tone }: SelectorFailureProps) {
  return (
    <div className={`${styles.answer} ${tones[tone]}`}>
      {says}
      <code dir="auto">{error}</code>
    </div>
  );
}

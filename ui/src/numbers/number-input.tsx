import { TextInput, type TextInputProps } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { isBeginning, type ReadNumber, readNumber } from "./read-number.ts";
import { type NumberLimits, stepOf, stepped } from "./step-number.ts";

interface NumberInputProps extends Omit<TextInputProps, "value" | "onChange"> {
  /** NaN while what is typed is no number. */
  readonly value: number | undefined;
  readonly wanted?: "number" | "integer";
  readonly limits: NumberLimits;
  /** Where the arrow keys start in an empty field; default: 0. */
  readonly fallback?: number | undefined;
  readonly onRead: (read: ReadNumber) => void;
}

/**
 * A box for a number. It keeps what is typed as it is typed and says what is wrong with it; a number stands there
 * as it is stored once the box is left. The number box of a browser, or one that formats, drops what it does not
 * understand, and makes another number of the rest.
 */
export function NumberInput(numberInput: NumberInputProps) {
  const { value, wanted, limits, fallback = 0, onRead, error, ...props } = numberInput;
  const text = useText();
  const [typed, setTyped] = useState<string>();
  const [isTyping, setTyping] = useState(false);
  const read = typed === undefined ? undefined : readNumber(typed, wanted);
  // Whatever else changes the value, such as a way back to the default, takes the text away.
  const isShown = typed !== undefined && read !== undefined && Object.is(numberIn(read), value);
  const write = (next: string) => {
    setTyped(next);
    onRead(readNumber(next, wanted));
  };
  const pressKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") setTyping(false);
    const step = stepOf(event);
    if (step === undefined || Number.isNaN(value)) return;
    event.preventDefault();
    write(String(stepped(value ?? fallback, step, limits)));
  };
  return (
    <TextInput
      {...props}
      error={problem() ?? error}
      value={isShown ? typed : value === undefined || Number.isNaN(value) ? "" : String(value)}
      onChange={({ currentTarget }) => {
        setTyping(true);
        write(currentTarget.value);
      }}
      onKeyDown={pressKey}
      onBlur={() => {
        setTyping(false);
        if (isShown && read.kind === "number") setTyped(undefined);
      }}
      // Some keypads for numbers have no minus.
      inputMode={Number(limits.minimum) >= 0 ? "decimal" : "text"}
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
    />
  );

  function problem(): string | undefined {
    if (!isShown || read.kind === "number" || read.kind === "empty") return undefined;
    if (isTyping && isBeginning(typed)) return undefined;
    const kind = wanted === "integer" && read.kind === "unreadable" ? "fraction" : read.kind;
    return text(`form.number.${kind}`, examples);
  }
}

/** As they are typed, in every language. */
const examples = { plain: "1234.5", negative: "-7", short: "1e-7" };

function numberIn(read: ReadNumber): number | undefined {
  if (read.kind === "number") return read.value;
  return read.kind === "empty" ? undefined : Number.NaN;
}

import type { Catalogue, MessageKey } from "./catalogue.ts";
import type { en } from "./en.ts";
import { useLanguage } from "./language-context.ts";
import { type Language, languages } from "./languages.ts";
import type { Message, ValueNames } from "./message.ts";

type Source = typeof en;
type Value = string | number;

/** Says a message in the panel's language; the compiler asks for the values that it wants. */
export type Text = <Key extends MessageKey>(
  key: Key,
  ...values: [ValueNames<Source[Key]>] extends [never]
    ? []
    : [Readonly<Record<ValueNames<Source[Key]>, Value>>]
) => string;

/** One for each language, however many components ask for it. */
const texts = new WeakMap<Catalogue, Text>();

export function useText(): Text {
  const { language, catalogue } = useLanguage();
  const text = texts.get(catalogue) ?? createText(language, catalogue);
  texts.set(catalogue, text);
  return text;
}

function createText(language: Language, catalogue: Catalogue): Text {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  // A Latin name in a right-to-left sentence would otherwise pull the punctuation beside it along.
  const isolate = (value: string) =>
    languages[language].direction === "rtl" ? `\u2068${value}\u2069` : value;

  const choose = (message: Message, values: Readonly<Record<string, Value>>) =>
    typeof message === "string" ? message : (message[plural.select(Number(values.count))] ?? message.other);

  return (key, ...[values]) => {
    const given: Readonly<Record<string, Value>> = values ?? {};
    return choose(catalogue[key], given).replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = given[name];
      if (value === undefined) return hole;
      return typeof value === "number" ? number.format(value) : isolate(value);
    });
  };
}

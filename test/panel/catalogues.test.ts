import { describe, expect, test } from "vitest";
import { de } from "../../ui/src/i18n/de.ts";
import { en } from "../../ui/src/i18n/en.ts";
import { fa } from "../../ui/src/i18n/fa.ts";
import type { Message, Messages } from "../../ui/src/i18n/message.ts";

const translations: Readonly<Record<string, Messages>> = { de, fa };
const source: Messages = en;

const formsOf = (message: Message): readonly string[] =>
  typeof message === "string" ? [message] : Object.values(message);
const valuesOf = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const textsOf = (messages: Messages): readonly (readonly [key: string, text: string])[] =>
  Object.entries(messages).flatMap(([key, message]) => formsOf(message).map((text) => [key, text] as const));

describe.each(Object.keys(translations))("the texts in %s", (language) => {
  const messages = translations[language] ?? {};

  test("are those in English, no fewer and no others", () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(source).sort());
  });

  test("are given the same values as in English", () => {
    for (const [key, message] of Object.entries(source)) {
      const wanted = [...new Set(formsOf(message).flatMap(valuesOf))].sort();
      const given = [...new Set(formsOf(messages[key] ?? "").flatMap(valuesOf))].sort();
      expect(given, key).toEqual(wanted);
    }
  });

  test("have the plural forms of the language", () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message === "string") continue;
      expect(Object.keys(message).sort(), key).toEqual([...pluralCategories].sort());
    }
  });

  test("are neither empty nor wrapped in blanks", () => {
    for (const [key, text] of textsOf(messages)) {
      expect(text, key).not.toBe("");
      expect(text, key).toBe(text.trim());
    }
  });
});

describe("the Persian texts", () => {
  /** What has no other name there: names in code, of programs and of keys. */
  const foreign =
    /plugbay (migrate|import|item unmanage)|definePlugin(Type)?|openPlugbay|get\(\)|\brun(All)?\b|\bservice\b|\bstream\b|PostgreSQL|PLUGBAY_KEYS|Redis|JSON|null|\["NL"\]|Enter|Esc/g;
  const own = textsOf(fa).map(
    ([key, text]) => [key, text.replace(/\{\w+\}/g, "").replace(foreign, "")] as const,
  );

  test.each([
    ["Latin letters", /[a-z]/i],
    ["digits or a percent sign of other scripts", /[0-9٠-٩%]/],
    ["Latin punctuation", /[,;?"'…]|\.\.\./],
    ["Arabic letters in place of Persian ones", /[يكة]/],
    ["a prefix or suffix that stands apart", /(^|[\s(])(ن?می) |\s(ها|های|هایی|تر|ترین)([\s.،؛:]|$)/],
    [
      "a half-space where letters do not join anyway, or beside a blank",
      /\u200c(\s|$)|\s\u200c|[اآدذرزژو]\u200c(ها|تر)/,
    ],
  ])("have no %s", (_, wrong) => {
    expect(own.filter(([, text]) => wrong.test(text))).toEqual([]);
  });

  test("have one word for each term", () => {
    const terms = [/صافی/, /برگزی|گزینش(?!گر)/, /فرایند|پروسه/, /آیتم/, /پلاگین/, /ارایه|ارائه‌دهنده/];
    expect(own.filter(([, text]) => terms.some((term) => term.test(text)))).toEqual([]);
  });
});

test("the German texts do not address the reader", () => {
  expect(textsOf(de).filter(([, text]) => /\b(Sie|Ihnen|Ihre?[rnms]?|du|dein\w*|dich)\b/.test(text))).toEqual(
    [],
  );
});

import type { Catalogue } from "./catalogue.ts";
import { english } from "./english.ts";

export const languages = {
  en: { name: "English", direction: "ltr", load: async () => english },
  de: { name: "Deutsch", direction: "ltr", load: async () => (await import("./de.ts")).de },
  fa: { name: "فارسی", direction: "rtl", load: async () => (await import("./fa.ts")).fa },
} as const satisfies Record<
  string,
  { readonly name: string; readonly direction: "ltr" | "rtl"; readonly load: () => Promise<Catalogue> }
>;

export type Language = keyof typeof languages;

export const languageCodes = Object.keys(languages) as readonly Language[];

/** The language that a tag such as `de-AT` asks for. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const code = tag?.toLowerCase().split("-")[0];
  return languageCodes.find((language) => language === code);
}

const storageKey = "plugbay-language";

/** Storage may be forbidden; the choice then holds until the page is left. */
function readChosenLanguage(): Language | undefined {
  try {
    return languageOf(localStorage.getItem(storageKey));
  } catch {
    return undefined;
  }
}

export function keepChosenLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // See readChosenLanguage.
  }
}

/** The reader's own choice, else what the host application wants, else what the browser asks for. */
export const wantedLanguage = (hostLocale: string | null): Language =>
  readChosenLanguage() ?? languageOf(hostLocale) ?? browserLanguage() ?? "en";

/** The form of a language that the reader's browser asks for, such as `en-GB`; else the language alone. */
export function regionalTag(language: Language): string {
  const wanted = navigator.languages.find((tag) => languageOf(tag) === language);
  try {
    return wanted === undefined ? language : new Intl.Locale(wanted).toString();
  } catch {
    // Some systems have tags that are none, such as `en-US@posix`.
    return language;
  }
}

function browserLanguage(): Language | undefined {
  for (const tag of navigator.languages) {
    const language = languageOf(tag);
    if (language !== undefined) return language;
  }
  return undefined;
}

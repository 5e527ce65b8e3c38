import { createContext, use } from "react";
import type { Catalogue } from "./catalogue.ts";
import type { Language } from "./languages.ts";

interface LanguageValue {
  readonly language: Language;
  readonly catalogue: Catalogue;
  readonly choose: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageValue | undefined>(undefined);

export function useLanguage(): LanguageValue {
  const value = use(LanguageContext);
  if (value === undefined) throw new Error("useLanguage is used outside of LanguageProvider.");
  return value;
}

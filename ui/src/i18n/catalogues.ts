import type { Catalogue } from "./catalogue.ts";
import { english } from "./english.ts";
import { type Language, languages } from "./languages.ts";

/** The texts that were fetched. */
const known = new Map<Language, Catalogue>([["en", english]]);

export const knownCatalogue = (language: Language): Catalogue | undefined => known.get(language);

export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const catalogue = known.get(language) ?? (await languages[language].load());
  known.set(language, catalogue);
  return catalogue;
}

import { DirectionProvider, useDirection } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Catalogue } from "./catalogue.ts";
import { english } from "./english.ts";
import { LanguageContext } from "./language-context.ts";
import {
  browserLanguage,
  keepChosenLanguage,
  type Language,
  languageOf,
  languages,
  readChosenLanguage,
} from "./languages.ts";

interface Loaded {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

interface LanguageProviderProps {
  /** What the host application wants for those who have not chosen themselves. */
  readonly hostLocale: string | null;
  readonly children: ReactNode;
}

export function LanguageProvider({ hostLocale, children }: LanguageProviderProps) {
  const [chosen, setChosen] = useState(readChosenLanguage);
  const [loaded, setLoaded] = useState<Loaded>();
  const wanted = chosen ?? languageOf(hostLocale) ?? browserLanguage() ?? "en";

  useEffect(() => {
    let isCurrent = true;
    languages[wanted]
      .load()
      .catch(() => undefined)
      // A catalogue that cannot be fetched leaves what is there, or English: better than an empty page.
      .then((catalogue) => {
        if (!isCurrent) return;
        if (catalogue !== undefined) setLoaded({ language: wanted, catalogue });
        else setLoaded((before) => before ?? { language: "en", catalogue: english });
      });
    return () => {
      isCurrent = false;
    };
  }, [wanted]);

  const value = useMemo(
    () =>
      loaded && {
        ...loaded,
        choose: (language: Language) => {
          keepChosenLanguage(language);
          setChosen(language);
        },
      },
    [loaded],
  );

  if (value === undefined) return null;
  return (
    <DirectionProvider initialDirection={languages[value.language].direction} detectDirection={false}>
      <PageLanguage language={value.language} />
      <LanguageContext value={value}>{children}</LanguageContext>
    </DirectionProvider>
  );
}

/** Tells the document, and so the browser and screen readers, which language it is in. */
function PageLanguage({ language }: { readonly language: Language }) {
  const { setDirection } = useDirection();
  useEffect(() => {
    document.documentElement.lang = language;
    setDirection(languages[language].direction);
  }, [language, setDirection]);
  return null;
}

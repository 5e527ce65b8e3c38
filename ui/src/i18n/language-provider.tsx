import { DirectionProvider, useDirection } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Catalogue } from "./catalogue.ts";
import { knownCatalogue, loadCatalogue } from "./catalogues.ts";
import { english } from "./english.ts";
import { LanguageContext } from "./language-context.ts";
import { keepChosenLanguage, type Language, languages, wantedLanguage } from "./languages.ts";

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
  const [wanted, setWanted] = useState(() => wantedLanguage(hostLocale));
  const [loaded, setLoaded] = useState<Loaded | undefined>(() => {
    const catalogue = knownCatalogue(wanted);
    return catalogue && { language: wanted, catalogue };
  });

  const shown = loaded?.language;

  useEffect(() => {
    let isCurrent = true;
    void loadCatalogue(wanted)
      .catch(() => undefined)
      .then((catalogue) => {
        if (!isCurrent) return;
        if (catalogue !== undefined) {
          setLoaded((before) => (before?.language === wanted ? before : { language: wanted, catalogue }));
          return;
        }
        // What is there stays, or English comes: better than an empty page. The same can be chosen again.
        setLoaded((before) => before ?? { language: "en", catalogue: english });
        setWanted(shown ?? "en");
      });
    return () => {
      isCurrent = false;
    };
  }, [wanted, shown]);

  const value = useMemo(
    () =>
      loaded && {
        ...loaded,
        choose: (language: Language) => {
          keepChosenLanguage(language);
          setWanted(language);
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

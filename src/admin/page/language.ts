/** The languages that the panel, and the pages around it, are in. */
export const languages = ["en", "de", "fa"] as const;

export type Language = (typeof languages)[number];

export const isLanguage = (value: unknown): value is Language => languages.some((one) => one === value);

export const directionOf = (language: Language): "ltr" | "rtl" => (language === "fa" ? "rtl" : "ltr");

/** Nobody lists more languages than fit into this many characters. */
const longestList = 1_000;

/** The best of the browser's languages that there is, by RFC 9110; else English. */
export function languageFor({ headers }: Request): Language {
  const [best] = (headers.get("accept-language") ?? "")
    .slice(0, longestList)
    .split(",")
    .map(toRange)
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ language }) => language)
    .filter(isLanguage);
  return best ?? "en";
}

/** `de-AT;q=0.9`: the language, and how much it is liked. */
function toRange(part: string): { readonly language: string; readonly weight: number } {
  const [range = "", ...parameters] = part.toLowerCase().split(";");
  const weight = parameters.map((one) => /^q=([\d.]+)$/.exec(one.trim())?.[1]).find(Boolean);
  return { language: range.trim().split("-")[0] ?? "", weight: Number(weight ?? 1) };
}

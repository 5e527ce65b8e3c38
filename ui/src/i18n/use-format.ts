import { useLanguage } from "./language-context.ts";
import { type Language, regionalTag } from "./languages.ts";

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

const dayMs = 86_400_000;

/** Numbers and lists as the panel's language writes them, times as the reader's region does; times are given as ISO 8601. */
export interface Format {
  readonly number: (value: number) => string;
  readonly date: (iso: string) => string;
  /** Date and time to the second, in the browser's time zone. */
  readonly dateTime: (iso: string) => string;
  /** A time that is near: the time of day where it is less than a day away, else with the date. */
  readonly moment: (iso: string, now?: number) => string;
  /** Such as "5 minutes ago" or "in 3 seconds". */
  readonly relative: (iso: string, now?: number) => string;
  readonly list: (values: readonly string[]) => string;
}

/** One for each language, whose parts are made when a page first needs them: a browser takes up to 40 ms for one. */
const formats = new Map<string, Format>();

export function useFormat(): Format {
  const { language } = useLanguage();
  const format = formats.get(language) ?? createFormat(language);
  formats.set(language, format);
  return format;
}

function createFormat(language: Language): Format {
  const region = regionalTag(language);
  const times = (options: Intl.DateTimeFormatOptions) =>
    onceNeeded(() => new Intl.DateTimeFormat(region, options));
  const number = onceNeeded(() => new Intl.NumberFormat(language));
  const date = times({ dateStyle: "medium" });
  const dateTime = times({ dateStyle: "medium", timeStyle: "medium" });
  const time = times({ timeStyle: "short" });
  const dayAndTime = times({ dateStyle: "medium", timeStyle: "short" });
  const relative = onceNeeded(() => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
  const list = onceNeeded(() => new Intl.ListFormat(language, { type: "conjunction" }));
  return {
    number: (value) => number().format(value),
    date: (iso) => date().format(new Date(iso)),
    dateTime: (iso) => dateTime().format(new Date(iso)),
    moment: (iso, now = Date.now()) =>
      (Math.abs(Date.parse(iso) - now) < dayMs ? time() : dayAndTime()).format(new Date(iso)),
    relative: (iso, now = Date.now()) => {
      const seconds = (new Date(iso).getTime() - now) / 1000;
      for (const [unit, size] of units) {
        if (Math.abs(seconds) >= size) return relative().format(Math.trunc(seconds / size), unit);
      }
      return relative().format(Math.trunc(seconds), "second");
    },
    list: (values) => list().format(values),
  };
}

function onceNeeded<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

import { isNumeral, losesDigits } from "../../../src/definition/exact-number.ts";

/** What a text says as a number. */
export type ReadNumber =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "empty" }
  /** It would lose digits. */
  | { readonly kind: "inexact" }
  /** A whole one is asked for. */
  | { readonly kind: "fraction" }
  /** It has separators that may stand for decimals or for thousands. */
  | { readonly kind: "separated" }
  | { readonly kind: "unreadable" };

/**
 * Reads a number as JSON writes numbers, in Latin, Persian, Arabic or full-width digits. A comma is a decimal
 * one where it cannot be anything else: `1,5` is, `1,234` is refused.
 */
export function readNumber(typed: string, wanted: "number" | "integer" = "number"): ReadNumber {
  const written = inLatin(typed).replace(decimalComma, "$1.$2");
  if (written === "") return { kind: "empty" };
  if (!isNumeral(written)) return { kind: separated.test(written) ? "separated" : "unreadable" };
  if (losesDigits(written)) return { kind: "inexact" };
  const value = Number(written);
  return wanted === "integer" && !Number.isInteger(value) ? { kind: "fraction" } : { kind: "number", value };
}

/** Whether more may follow that makes it a number, such as `-` or `1e`. */
export const isBeginning = (typed: string): boolean =>
  /^-?(?:(?:0|[1-9]\d*)(?:[.,]|(?:[.,]\d+)?[eE][+-]?)?)?$/.test(inLatin(typed));

/** After 0, before more or fewer than three digits, or behind more than three. */
const decimalComma = /^(-?0(?=,)|-?[1-9]\d*(?=,(?!\d{3}(?!\d)))|-?[1-9]\d{3,}(?=,)),(\d+)/;

const separated = /^-?\d+(?:[.,٬،'’_\s]\d+)+(?:[eE][+-]?\d+)?$/;

/** The first of ten digits, one after the other: Arabic, Persian and full-width ones. */
const zeros = [0x06_60, 0x06_f0, 0xff_10];

const signs: Readonly<Record<string, string>> = { "٫": ".", "．": ".", "−": "-", "－": "-", "，": "," };

/** Without the marks of direction that numbers are copied with. */
const inLatin = (typed: string): string =>
  typed
    .replace(/[\u061C\u200E\u200F\u2066-\u2069]/g, "")
    .trim()
    .replace(/[٠-٩۰-۹０-９]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (zeros.findLast((zero) => zero <= code) ?? 0));
    })
    .replace(/[٫．−－，]/g, (sign) => signs[sign] ?? sign);

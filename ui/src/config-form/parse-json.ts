import { inexactNumbers } from "../../../src/definition/exact-number.ts";
import type { JsonValue } from "../../../src/definition/plugin-item.ts";

interface Place {
  readonly line: number;
  readonly column: number;
}

export type ParsedJson =
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "empty" }
  | { readonly kind: "unreadable"; readonly at: Place | undefined }
  /** It has a number that would lose digits. */
  | { readonly kind: "inexact"; readonly at: Place };

export function parseJson(written: string): ParsedJson {
  if (written.trim() === "") return { kind: "empty" };
  try {
    const value = JSON.parse(written) as JsonValue;
    const [inexact] = inexactNumbers(written);
    return inexact === undefined
      ? { kind: "value", value }
      : { kind: "inexact", at: placeAt(inexact.start, written) };
  } catch (error) {
    return { kind: "unreadable", at: placeIn(String(error), written) };
  }
}

function placeAt(position: number, written: string): Place {
  const lines = written.slice(0, position).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

/** Browsers say in words of their own where they stopped, some by line and column, some by position. */
function placeIn(message: string, written: string): Place | undefined {
  const [, line, column] = /line (\d+),? column (\d+)/.exec(message) ?? [];
  if (line !== undefined) return { line: Number(line), column: Number(column) };
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const end =
    position === undefined && /end of/i.test(message) ? written.length : Number(position ?? Number.NaN);
  return Number.isNaN(end) ? undefined : placeAt(end, written);
}

/** Whether it is no value that could be sent. */
export const isUnreadable = ({ kind }: ParsedJson): boolean => kind === "unreadable" || kind === "inexact";

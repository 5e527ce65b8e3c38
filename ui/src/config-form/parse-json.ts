import type { JsonValue } from "../../../src/definition/plugin-item.ts";

export type ParsedJson =
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "empty" }
  | {
      readonly kind: "unreadable";
      readonly at: { readonly line: number; readonly column: number } | undefined;
    };

export function parseJson(written: string): ParsedJson {
  if (written.trim() === "") return { kind: "empty" };
  try {
    return { kind: "value", value: JSON.parse(written) as JsonValue };
  } catch (error) {
    return { kind: "unreadable", at: placeIn(String(error), written) };
  }
}

/** Browsers say in words of their own where they stopped, some by line and column, some by position. */
function placeIn(message: string, written: string): { line: number; column: number } | undefined {
  const [, line, column] = /line (\d+),? column (\d+)/.exec(message) ?? [];
  if (line !== undefined) return { line: Number(line), column: Number(column) };
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const end =
    position === undefined && /end of/i.test(message) ? written.length : Number(position ?? Number.NaN);
  if (Number.isNaN(end)) return undefined;
  const lines = written.slice(0, end).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

import { colors } from "./colors.ts";
import { columnsOf, inOneLine } from "./shown-text.ts";

/** Rows under headings, in aligned columns; a column without any content is left out. Cells may be coloured. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = headings
    .map((_, column) => column)
    .filter((column) => rows.some((row) => row[column] !== ""));
  const lines = [headings, ...rows].map((row) => shown.map((column) => inOneLine(row[column] ?? "")));
  const widths = shown.map((_, column) => Math.max(...lines.map((line) => columnsOf(line[column] ?? ""))));
  const [head, ...body] = lines.map((line) =>
    line
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - columnsOf(cell)))
      .join("  ")
      .trimEnd(),
  );
  return [colors.dim(head ?? ""), ...body].join("\n");
}

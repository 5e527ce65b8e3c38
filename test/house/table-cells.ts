/** The cells of a row of a Markdown table. */
export const tableCells = (row: string): string[] =>
  row
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());

/** The same, without the marks of code around whole cells. */
export const plainCells = (row: string): string[] =>
  tableCells(row).map((cell) => cell.replace(/^`(.*)`$/, "$1"));

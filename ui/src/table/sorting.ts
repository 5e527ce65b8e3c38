import type { SortingState } from "@tanstack/react-table";

/** Reads `-priority,name` as the address and the server write it; what is no column is left out. */
export function parseSorting(value: string | undefined, columns: readonly string[]): SortingState {
  if (value === undefined) return [];
  return value
    .split(",")
    .map((part) => (part.startsWith("-") ? { id: part.slice(1), desc: true } : { id: part, desc: false }))
    .filter(({ id }) => columns.includes(id));
}

export function formatSorting(sorting: SortingState): string | undefined {
  if (sorting.length === 0) return undefined;
  return sorting.map(({ id, desc }) => (desc ? `-${id}` : id)).join(",");
}

import { useState } from "react";
import { basePath } from "../api/base-path.ts";

/** Filters of a list by the names that the reader gave them, as the address has them. */
export type SavedFilters = Readonly<Record<string, string>>;

/** Filters that the reader has named, kept by this browser. Where it keeps nothing, they last until the page is left. */
export function useSavedFilters(list: string): readonly [SavedFilters, (filters: SavedFilters) => void] {
  const key = `plugbay-filters ${basePath} ${list}`;
  const [saved, setSaved] = useState(() => read(key));
  const save = (filters: SavedFilters) => {
    setSaved(filters);
    try {
      localStorage.setItem(key, JSON.stringify(filters));
    } catch {
      // Storage may be forbidden, or full.
    }
  };
  return [saved, save];
}

function read(key: string): SavedFilters {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    const entries = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
    return Object.fromEntries(entries.filter(([, filter]) => typeof filter === "string"));
  } catch {
    return {};
  }
}

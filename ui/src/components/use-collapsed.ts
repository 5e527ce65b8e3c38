import { useState } from "react";
import { basePath } from "../api/base-path.ts";

/** Whether the reader has collapsed a part of a page, kept by this browser; without a name it stays open. */
export function useCollapsed(name: string | undefined): readonly [boolean, (isCollapsed: boolean) => void] {
  const key = `plugbay-collapsed ${basePath} ${name}`;
  const [isCollapsed, setCollapsed] = useState(() => name !== undefined && read(key));
  const collapse = (next: boolean) => {
    setCollapsed(next);
    try {
      if (next) localStorage.setItem(key, "true");
      else localStorage.removeItem(key);
    } catch {
      // Storage may be forbidden, or full.
    }
  };
  return [isCollapsed, collapse];
}

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) === "true";
  } catch {
    return false;
  }
}

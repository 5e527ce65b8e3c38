import type { ModelItem } from "./model.ts";

/** What somebody writes into an item's row with a database client. */
export const handEdits = [
  "status",
  "unknown status",
  "bad aliases",
  "name",
  "priority",
  "late revision",
  "early revision",
] as const;

export type HandEdit = (typeof handEdits)[number];

interface Edited {
  readonly columns: Readonly<Record<string, unknown>>;
  /** What the columns count as. */
  readonly effect: Partial<ModelItem>;
}

/** @param text one that no edit has written before */
export function byHand(edit: HandEdit, text: string, revision: number): Edited {
  switch (edit) {
    case "status":
      return { columns: { status: "reserve" }, effect: { status: "reserve" } };
    case "unknown status":
      return { columns: { status: "paused" }, effect: { status: "disable" } };
    case "bad aliases":
      return { columns: { aliases: text }, effect: { formerNames: [] } };
    case "name":
      return { columns: { name: text }, effect: { name: text } };
    case "priority":
      return { columns: { priority: 40_000 }, effect: { priority: 32_767 } };
    case "late revision":
      return { columns: { description: text, revision: revision + 1_000 }, effect: { description: text } };
    case "early revision":
      return { columns: { description: text, revision: 0 }, effect: { description: text } };
  }
}

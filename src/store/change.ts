import type { JsonValue } from "../definition/plugin-item.ts";
import type { ItemRow, TypeRow } from "./rows.ts";

export const actions = [
  "create",
  "update",
  "rename",
  "retire",
  "restore",
  "hold",
  "release",
  "lead",
  "end-lead",
  "check",
  "purge",
] as const;

/** What happened to a row, as the history tells it. */
export type Action = (typeof actions)[number];

/**
 * A change of one row: `before` is null for a new row, `after` for one that is deleted. The store sets
 * the version, revision and times of `after`.
 */
export type RowChange =
  | {
      /** Whether the row is a plugin type or a plugin item. */
      readonly entity: "type";
      /** What happens to the row. */
      readonly action: Action;
      /** The row as it was; null for a new one. */
      readonly before: TypeRow | null;
      /** The row as it becomes; null where it is deleted. */
      readonly after: TypeRow | null;
    }
  | {
      /** Whether the row is a plugin type or a plugin item. */
      readonly entity: "item";
      /** For `check`, which leaves the row and its version as they are: what the history tells of it. */
      readonly told?: Readonly<Record<string, JsonValue>>;
      /** What happens to the row. */
      readonly action: Action;
      /** The row as it was; null for a new one. */
      readonly before: ItemRow | null;
      /** The row as it becomes; null where it is deleted. */
      readonly after: ItemRow | null;
    };

export const sources = ["cli", "api", "admin", "sync", "django"] as const;

/** Through which door a change came; `django`: it was taken over from a database of django-plugin-system. */
export type Source = (typeof sources)[number];

export interface Author {
  /** Who, as the application or the operating system knows them; null where nobody said. */
  readonly actor: string | null;
  readonly source: Source;
  /** Why the change is made. Default: nobody says. */
  readonly reason?: string | null;
}

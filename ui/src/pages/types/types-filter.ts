import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import type { UrlValues } from "../../url-state.ts";

/** What can be kept under a name: the filters and the order. */
export const savedTypesNames = ["search", "manager", "show", "sort"] as const;

/** What the address keeps of the list. */
export const typesStateNames = [...savedTypesNames, "page"] as const;

export type TypesState = UrlValues<(typeof typesStateNames)[number]>;

export type Shown = "all" | "unserved" | "problems";

/** Items that should serve and cannot. */
export const problemsOf = ({ health }: TypeInfo): number => health.failed + health.missing + health.cooling;

/**
 * Whether nothing serves a type, as the application's processes report. Where they report nothing, this process's own
 * view counts. What a selector chooses depends on its arguments, so such a type is unserved only if no item is ready.
 */
export function isUnserved(type: TypeInfo): boolean {
  const { by } = type.servingNow;
  if (by.length > 0) return by.every(({ item }) => item === null);
  if (!type.isRegistered) return false;
  return type.hasSelector ? type.health.ready === 0 : type.serving === null;
}

export const isShown: Readonly<Record<Shown, (type: TypeInfo) => boolean>> = {
  all: () => true,
  unserved: isUnserved,
  problems: (type) => problemsOf(type) > 0,
};

/** All words of the search must occur somewhere. */
export function matches(type: TypeInfo, search: string): boolean {
  const all = `${type.name} ${type.manager} ${type.description}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";

export type Shown = "all" | "unserved" | "problems";

/** Items that should serve and cannot. */
export const problemsOf = ({ health }: TypeInfo): number => health.failed + health.missing + health.cooling;

/**
 * Whether the application gets nothing, as its processes say. Where they say nothing, as this process sees it: who serves where a selector decides hangs on its arguments: then only
 * a type without a single ready item is known to be served by nobody.
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

import type { DeclaredType } from "./model.ts";

// Which thing of the code a row is, by the names that both have or had.

interface Named {
  name: string;
  formerNames: string[];
}

interface Declared {
  readonly name: string;
  readonly formerName: string | undefined;
}

export const namesIn = (module: string, { plugins }: DeclaredType): string[] =>
  plugins.filter((plugin) => plugin.module === module).map(({ name }) => name);

/**
 * The one that the code means: of its name, else of the name it had in older code, else the one that newer
 * code gave a name which none of the `names` in this code is.
 */
export function match<One extends Named>(
  all: readonly One[],
  declared: Declared,
  names: readonly string[],
): One | undefined {
  return (
    all.find(({ name }) => name === declared.name) ??
    all.find(({ name }) => name === declared.formerName) ??
    all.find(({ name, formerNames }) => !names.includes(name) && formerNames.includes(declared.name))
  );
}

/** What a new one is known by to older code: its former name, unless another one goes by that. */
export function freeFormerNames(all: readonly Named[], { formerName }: Declared): string[] {
  if (formerName === undefined || all.some(({ formerNames }) => formerNames.includes(formerName))) return [];
  return [formerName];
}

/** Gives it the name in the code, unless newer code named it; names that are in use are not former ones. */
export function rename(one: Named, declared: Declared, names: readonly string[]): void {
  if (one.name !== declared.name && one.name !== declared.formerName) return;
  if (one.name !== declared.name) one.formerNames.push(one.name);
  one.name = declared.name;
  one.formerNames = one.formerNames.filter((name) => !names.includes(name));
}

export function localName({ name, formerNames }: Named, names: readonly string[]): string {
  return names.includes(name) ? name : (formerNames.find((former) => names.includes(former)) ?? name);
}

/**
 * The former names of what gets a new row, by which processes with older code, that come later, find it;
 * undefined where there are none. No two rows have the same.
 */
export function formerNames<Identity extends object>(
  declared: readonly Identity[],
  rows: readonly { readonly aliases?: readonly Identity[] | undefined }[],
): readonly Identity[] | undefined {
  const free = declared.filter(
    (alias) => !rows.some((row) => row.aliases?.some((known) => isSame(known, alias))),
  );
  return free.length === 0 ? undefined : free;
}

const isSame = <Identity extends object>(one: Identity, other: Identity): boolean =>
  Object.entries(one).every(([key, value]) => other[key as keyof Identity] === value);

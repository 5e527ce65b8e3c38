/** The name that somebody may have meant, by the letters that differ; undefined where none is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, distance: distanceOf(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(name.length / 3, Math.min(2, name.length / 2)))
    .sort((one, other) => one.distance - other.distance);
  return near[0]?.name ?? names.find((name) => isBeginning(written, name) || isBeginning(name, written));
}

const isBeginning = (short: string, long: string): boolean => short.length >= 3 && long.startsWith(short);

/** No name is longer: what is would be compared in quadratic time. */
const longest = 40;

/** How many letters have to be added, left out or replaced. */
function distanceOf(one: string, other: string): number {
  if (one.length > longest) return Number.POSITIVE_INFINITY;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[other.length] ?? 0;
}

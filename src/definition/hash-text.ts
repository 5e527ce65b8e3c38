/**
 * A hash of a text, a 32-bit integer. `seed` is the hash of the texts before it, so that several have one together;
 * `from` is where it begins to count.
 */
export function hashText(text: string, seed = 0, from = 0): number {
  let sum = seed + text.length;
  for (let index = from; index < text.length; index += 1) sum = Math.imul(sum, 31) + text.charCodeAt(index);
  // Of texts that differ at their ends, the sums lie side by side: this spreads them over all bits.
  const hash = Math.imul(sum, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

/** How much of its end an id is told by: ids differ there, and reading all of it takes longer than the look-up. */
const hashedLength = 6;

/** A hash of the id of an item. */
export const hashOfId = (id: string): number => hashText(id, 0, Math.max(0, id.length - hashedLength));

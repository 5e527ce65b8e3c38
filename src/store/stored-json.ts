/** Deeper values could not be written again: that takes a call for each level. */
const maxDepth = 1_000;

/** What a column's JSON says; a text that is none, or is nested too deep, gives a problem instead. */
export function storedJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  // A level takes two characters.
  if (text.length > 2 * maxDepth && depthOf(text) > maxDepth) {
    return { problem: `is JSON of more than ${maxDepth} levels` };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: "is not JSON" };
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "[" || character === "{") {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === "]" || character === "}") depth -= 1;
  }
  return deepest;
}

/** Whether a value is an object of JSON, and no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

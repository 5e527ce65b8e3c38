/**
 * What a terminal would obey instead of showing it, but for the end of a line and a tab: control characters, and those
 * that turn the direction of the text around them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** With what a terminal would obey in the form that JSON has for it. */
export const harmless = (text: string): string =>
  text.replaceAll(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

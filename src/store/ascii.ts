/**
 * Whether a text may be in a column of ids, words or times: all of them are ASCII, and MySQL refuses to compare
 * them with what is not.
 */
export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

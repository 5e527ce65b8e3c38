/**
 * Whether the path of a request means different things to different readers: by dot segments, by encoded
 * slashes or dots, by backslashes, or by characters that no path has. A guard in front may have let such a
 * path pass as another one.
 */
export const isAmbiguousPath = (path: string): boolean =>
  /\/\/|[\\#\0-\x20\x7f]|%(00|2e|2f|5c)|\/\.{1,2}([/;]|$)/i.test(path);

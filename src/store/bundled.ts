/**
 * What was imported of an optional package. Some bundlers put an empty module in place of one that is not
 * installed when they run; then this throws, as the import does elsewhere.
 */
export function bundled<T>(imported: T | undefined): T {
  if (imported === undefined) throw new Error("it was not installed when the application was bundled");
  return imported;
}

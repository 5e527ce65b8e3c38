/** Comments, strings and templates, which may have an `@` in them, or else what a decorator begins with. */
const token =
  /\/\/.*|\/\*[\s\S]*?\*\/|(["'])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\[\s\S]|[^`\\])*`|(@[\p{ID_Start}$_(])/gu;

/** Whether a module in TypeScript has decorators. Where it is not sure, it is better to take something for one. */
export function hasDecorators(source: string): boolean {
  if (!source.includes("@")) return false;
  for (const [, , decorator] of source.matchAll(token)) if (decorator !== undefined) return true;
  return false;
}

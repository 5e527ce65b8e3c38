import Module from "node:module";

/** What each `require.resolve` goes through. Node names it so, and Yarn replaces it. */
interface Resolver {
  _resolveFilename(request: string, parent: unknown, isMain: boolean, options?: { paths?: string[] }): string;
}

let isDone = false;

/**
 * Yarn's Plug'n'Play refuses `require.resolve` with any option but `paths`. jiti gives more, so that it would find no
 * `./mail.ts` where a module imports `./mail.js`.
 */
export function resolveByPathsAlone(): void {
  if (process.versions.pnp === undefined || isDone) return;
  isDone = true;
  const resolver = Module as unknown as Resolver;
  const { _resolveFilename: resolve } = resolver;
  resolver._resolveFilename = (request, parent, isMain, options) =>
    resolve(request, parent, isMain, options?.paths && { paths: options.paths });
}

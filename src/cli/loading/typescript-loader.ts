import { createJiti } from "jiti";
import { type CompileDecorators, findCompiler } from "./compilers.ts";
import { hasDecorators } from "./decorators.ts";
import { allowDecoratedFields } from "./legacy-decorators.ts";
import { resolveByPathsAlone } from "./plug-n-play.ts";

type Module = Record<string, unknown>;

/**
 * Loads a module in TypeScript, and what it imports. jiti resolves and compiles; but of decorators its Babel knows only
 * TypeScript's own, and not all of these, so a compiler of the application's goes first where a module has some.
 */
export function loadTypeScript(path: string): Promise<Module> {
  resolveByPathsAlone();
  // What the application imports is imported here, so its path aliases count.
  const common = { tsconfigPaths: true };
  const plain = createJiti(path, {
    ...common,
    transformOptions: { babel: { plugins: [allowDecoratedFields] } },
  });
  let compiler: CompileDecorators | undefined;
  const compile = (source: string, file: string): string | undefined => {
    if (!hasDecorators(source)) return undefined;
    compiler ??= findCompiler(file);
    return compiler?.(source, file);
  };
  const loader = createJiti(path, {
    ...common,
    // A change of the tsconfig would go unnoticed. What is compiled without it is kept by the other.
    fsCache: false,
    transform: ({ source, filename = path, ts = false, async = false, jsx = false }) => {
      const compiled = ts ? compile(source, filename) : undefined;
      const code = plain.transform({
        source: compiled ?? source,
        filename,
        ts: ts && compiled === undefined,
        async,
        jsx,
      });
      return { code };
    },
  });
  return loader.import<Module>(path);
}

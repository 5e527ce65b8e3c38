/** What tests are declared by, as Vitest, Jest, Mocha and `node:test` have it. */
export interface TestRunner {
  /** Declares what belongs together. */
  readonly describe: (name: string, declare: () => void) => unknown;
  /** Declares a test. */
  readonly test: (name: string, run: () => Promise<void>) => unknown;
}

/** Where the runners that have them put their functions. */
interface RunnerGlobals extends Partial<TestRunner> {
  readonly it?: TestRunner["test"];
  /** Vitest's own exports, which it has for `import.meta.vitest`, whether its globals are on or off. */
  readonly __vitest_index__?: TestRunner;
}

/** The runner that runs this file: Vitest, one with globals, as Jest and Mocha are, or else `node:test`. */
export function presentRunner(): TestRunner {
  const globals = globalThis as RunnerGlobals;
  if (globals.__vitest_index__) return globals.__vitest_index__;
  const test = globals.test ?? globals.it;
  if (globals.describe && test) return { describe: globals.describe, test };
  return process.getBuiltinModule("node:test");
}

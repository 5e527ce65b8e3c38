import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { type RunnerTestCase, type RunnerTestSuite, TestRunner } from "vitest";
import { Answers, addAnswer, attemptFile } from "./answers.mjs";

/** How often each mutant was reached. */
type Hits = Record<string, number>;

/** What Stryker's instrumented code reads and writes. */
interface Mutants {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> };
}

const shared = globalThis as { __stryker__?: Mutants };
shared.__stryker__ ??= {};
const mutants: Mutants = shared.__stryker__;

/** In milliseconds. A slower test is not run once more for each mutant; one of properties, which kills most, may take longer. */
const limitOf = (file: string): number =>
  Number(process.env.MUTATION_TEST_LIMIT) * (file.startsWith("test/property/") ? 4 : 1);

/** In milliseconds, how long a worker goes on to try one mutant that all tests reach and none kills. */
const patience = 1500;

const spent = new Map<string, number>();

const answers = new Answers();
const attempt = attemptFile(process.pid);

/**
 * Runs each test once as Vitest does, and then once more for each mutant that it reached and that no test has killed.
 * A test that does not pass twice in the same process kills nothing.
 */
export default class TryMutants extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const id = idOf(test);
    const file = relative(process.cwd(), test.file.filepath);
    const limit = limitOf(file);
    const { finished, tests } = answers.read();
    if (finished.has(id) || (tests.get(id)?.ms ?? 0) >= limit) return;
    const start = performance.now();
    mutants.currentTestId = id;
    try {
      await runOnce(test);
    } catch (error) {
      if (spent.size > 0) return leaveSpoiledProcess();
      addAnswer({ test: { id, file, ms: 1, covers: {}, failure: String(error) } });
      throw error;
    } finally {
      mutants.currentTestId = undefined;
    }
    const ms = performance.now() - start;
    const covers = mutants.mutantCoverage?.perTest[id] ?? {};
    addAnswer({ test: { id, file, ms, covers } });
    const atLoad = mutants.mutantCoverage?.static ?? {};
    if (Object.keys(atLoad).length > Object.keys(answers.atLoad).length) addAnswer({ atLoad });
    if (ms >= limit) return;
    // Vitest has called what goes before each test, and will call what goes after it.
    await callAfterEach(test, []);
    if ((await failureOf(test, ms)) === undefined) await tryMutants(test, id, ms, covers);
    await callBeforeEach(test);
    addAnswer({ finished: id });
  }
}

async function tryMutants(test: RunnerTestCase, id: string, ms: number, covers: Hits): Promise<void> {
  for (const [mutant, hits] of Object.entries(covers)) {
    if (answers.read().kills.has(mutant)) continue;
    const patienceUsed = spent.get(mutant) ?? 0;
    if (patienceUsed > patience) continue;
    const start = performance.now();
    writeFileSync(attempt, JSON.stringify({ mutant, test: id }));
    mutants.hitCount = 0;
    mutants.hitLimit = 1000 + 100 * hits;
    mutants.activeMutant = mutant;
    const failure = await failureOf(test, ms);
    mutants.activeMutant = undefined;
    mutants.hitCount = undefined;
    writeFileSync(attempt, "");
    spent.set(mutant, patienceUsed + performance.now() - start);
    if (failure === undefined) continue;
    addAnswer({ kill: { mutant, test: id, ...failure } });
    if ((await failureOf(test, ms)) && (await failureOf(test, ms))) await leaveSpoiledProcess();
  }
}

/** A mutant changed what tests share, such as the empty map that all others begin with. Those that are left run in another process. */
function leaveSpoiledProcess(): Promise<never> {
  writeFileSync(attempt, JSON.stringify({}));
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

/** Why the test fails now, if it does. */
async function failureOf(
  test: RunnerTestCase,
  ms: number,
): Promise<{ failure: string; isEndless: boolean } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, 1500 + 5 * ms, "late");
  });
  try {
    const run = runWithHooks(test);
    run.catch(() => undefined);
    if ((await Promise.race([run, late])) !== "late") return undefined;
    return { failure: "no end within the time", isEndless: true };
  } catch (error) {
    const failure = String(error).slice(0, 300);
    return { failure, isEndless: failure.includes("Hit count limit reached") };
  } finally {
    clearTimeout(timer);
  }
}

/** As Vitest has it, beyond what it declares. */
interface RunningTest extends RunnerTestCase {
  onFinished?: ((context: unknown) => unknown)[];
  onFailed?: unknown[];
}

async function runWithHooks(test: RunnerTestCase): Promise<void> {
  const cleanups = await callBeforeEach(test);
  try {
    await runOnce(test);
  } finally {
    await callAfterEach(test, cleanups);
  }
}

/** @returns what the hooks want to be called afterwards. */
async function callBeforeEach(test: RunnerTestCase): Promise<unknown[]> {
  const cleanups: unknown[] = [];
  for (const suite of suitesOf(test))
    for (const hook of TestRunner.getSuiteHooks(suite).beforeEach)
      cleanups.unshift(await hook(test.context, suite));
  return cleanups;
}

async function callAfterEach(test: RunnerTestCase, cleanups: readonly unknown[]): Promise<void> {
  for (const suite of suitesOf(test).reverse())
    for (const hook of TestRunner.getSuiteHooks(suite).afterEach.toReversed())
      await hook(test.context, suite);
  for (const cleanup of cleanups) if (typeof cleanup === "function") await cleanup();
}

/** The file first. */
function suitesOf(test: RunnerTestCase): RunnerTestSuite[] {
  const suites: RunnerTestSuite[] = [];
  for (let suite = test.suite ?? test.file; suite !== undefined; suite = suite.suite ?? suite.file) {
    suites.unshift(suite);
    if (suite === suite.file) break;
  }
  return suites;
}

async function runOnce(test: RunningTest): Promise<void> {
  try {
    await TestRunner.getTestFn(test)();
  } finally {
    const handlers = test.onFinished?.toReversed() ?? [];
    test.onFinished = [];
    test.onFailed = [];
    for (const handler of handlers) await handler(test.context);
  }
}

/** With Vitest's own id, for several tests of a table may have one name. */
function idOf(test: RunnerTestCase): string {
  const names = [...suitesOf(test).slice(1), test].map(({ name }) => name);
  return `${relative(process.cwd(), test.file.filepath)}#${names.join(" ")} ${test.id}`;
}

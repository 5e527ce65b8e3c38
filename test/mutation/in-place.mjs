import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createVitest } from "vitest/node";
import { Answers, addAnswer, attemptFile } from "./answers.mjs";

/** In milliseconds, after which a worker that says nothing is in an endless loop. */
const silence = 5000;

/**
 * In milliseconds. What tests kill that end within the first limit, the slower ones do not have to meet. A test beyond
 * the last one is not tried on mutants.
 */
const limits = [5, 40, 300];

/**
 * A test runner for Stryker, beside its own for Vitest, which starts a worker and loads all modules for each mutant:
 * seconds for each of thousands. Here all mutants are tried during the initial run, where the tests are loaded
 * (`try-mutants.ts`), and Stryker reads from the answers what it then asks for one by one.
 */
class InPlaceRunner {
  #answers = new Answers();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {}

  async dryRun() {
    for (const limit of limits) {
      process.env.MUTATION_TEST_LIMIT = String(limit);
      while (await runTests());
    }
    const tests = [...this.#answers.read().tests.values()];
    return {
      status: "complete",
      tests: tests.map(({ id, file, ms, failure }) => ({
        id,
        name: id,
        fileName: file,
        timeSpentMs: ms,
        ...(failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure }),
      })),
      mutantCoverage: {
        static: this.#answers.atLoad,
        perTest: Object.fromEntries(tests.map(({ id, covers }) => [id, covers])),
      },
    };
  }

  async mutantRun({ activeMutant, testFilter = [] }) {
    const kill = this.#answers.read().kills.get(activeMutant.id);
    const nrOfTests = testFilter.length;
    if (kill === undefined) return { status: "survived", nrOfTests };
    if (kill.isEndless) return { status: "timeout", reason: kill.failure };
    return { status: "killed", killedBy: [kill.test], failureMessage: kill.failure, nrOfTests };
  }
}

/** @returns whether a worker died of a mutant, so that its other tests have to run once more, without it. */
async function runTests() {
  let deaths = 0;
  const look = () => {
    deaths += buryDead();
  };
  const watch = setInterval(look, 500);
  const vitest = await createVitest("test", { config: "vitest.mutation.config.ts", watch: false });
  try {
    await vitest.start();
  } finally {
    await vitest.close();
    clearInterval(watch);
  }
  look();
  return deaths > 0;
}

/** Stops those in an endless loop. @returns how many there were. */
function buryDead() {
  const dead = attempts().filter(({ pid, age }) => age > silence || !isAlive(pid));
  for (const { pid, mutant, test } of dead) {
    if (mutant !== undefined)
      addAnswer({ kill: { mutant, test, failure: "the process died", isEndless: true } });
    rmSync(attemptFile(pid));
    stop(pid);
  }
  return dead.length;
}

function attempts() {
  const prefix = attemptFile("");
  return readdirSync(".")
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({
      pid: Number(name.slice(prefix.length)),
      age: Date.now() - statSync(name).mtimeMs,
      text: readFileSync(name, "utf8"),
    }))
    .filter(({ text }) => text !== "")
    .map(({ text, ...attempt }) => ({ ...attempt, ...JSON.parse(text) }));
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function stop(pid) {
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

export const strykerPlugins = [{ kind: "TestRunner", name: "in-place", injectableClass: InPlaceRunner }];

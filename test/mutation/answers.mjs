import { appendFileSync, existsSync, readFileSync } from "node:fs";

/**
 * Beside the tests, in the folder that Stryker copies the project to. One line for each test that has run, for each
 * mutant killed, and for each test that has met all its mutants.
 */
const file = ".mutation-answers";

/** What a worker does at the moment, in a file of its own, and so known if it dies of it. */
export const attemptFile = (pid) => `.mutation-attempt-${pid}`;

export function addAnswer(answer) {
  appendFileSync(file, `${JSON.stringify(answer)}\n`);
}

/** Of all workers so far. */
export class Answers {
  tests = new Map();
  kills = new Map();
  finished = new Set();
  /** The mutants of what runs while a module is loaded. */
  atLoad = {};
  #length = 0;

  read() {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    const end = text.lastIndexOf("\n") + 1;
    for (const line of text.slice(this.#length, end).split("\n"))
      if (line !== "") this.#take(JSON.parse(line));
    this.#length = Math.max(end, this.#length);
    return this;
  }

  #take({ test, kill, finished, atLoad }) {
    if (test !== undefined) this.tests.set(test.id, test);
    if (kill !== undefined && !this.kills.has(kill.mutant)) this.kills.set(kill.mutant, kill);
    if (atLoad !== undefined) Object.assign(this.atLoad, atLoad);
    if (finished !== undefined) this.finished.add(finished);
  }
}

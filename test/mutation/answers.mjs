import { appendFileSync, fstatSync, openSync, readSync } from "node:fs";

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
  #fd;
  #length = 0;

  /** What has been added since the last time. */
  read() {
    this.#fd ??= openSync(file, "a+");
    const buffer = Buffer.allocUnsafe(fstatSync(this.#fd).size - this.#length);
    const length = readSync(this.#fd, buffer, 0, buffer.length, this.#length);
    const end = buffer.lastIndexOf("\n", length - 1) + 1;
    if (length === 0 || end === 0) return this;
    this.#length += end;
    for (const line of buffer.toString("utf8", 0, end - 1).split("\n")) this.#take(JSON.parse(line));
    return this;
  }

  #take({ test, kill, finished, atLoad }) {
    if (test !== undefined) this.tests.set(test.id, test);
    if (kill !== undefined && !this.kills.has(kill.mutant)) this.kills.set(kill.mutant, kill);
    if (atLoad !== undefined) Object.assign(this.atLoad, atLoad);
    if (finished !== undefined) this.finished.add(finished);
  }
}

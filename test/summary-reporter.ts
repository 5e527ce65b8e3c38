import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Writes a line for each test that failed, or passed only when it was run again, so that none is lost in a long log. */
export class SummaryReporter implements Reporter {
  readonly #file: string;
  readonly #lines: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state === "failed") this.#add("FAILED", test.module, test.fullName, errors?.[0]?.message);
    else if (test.diagnostic()?.flaky) this.#add("FLAKY", test.module, test.fullName, errors?.[0]?.message);
  }

  onTestModuleEnd(module: TestModule): void {
    for (const error of module.errors()) this.#add("FAILED", module, "does not load", error.message);
  }

  onTestRunEnd(): void {
    writeFileSync(this.#file, this.#lines.join(""));
  }

  #add(what: string, { relativeModuleId }: TestModule, name: string, message = ""): void {
    this.#lines.push(`${what}: ${relativeModuleId}: ${name}: ${inOneLine(message)}\n`);
  }
}

/** With what fast-check says first: the seed and the example. */
const inOneLine = (message: string): string => message.replace(/\s+/g, " ").slice(0, 500);

import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";
import { npmOf } from "../harness/npm-version.ts";
import { type ProgramOutcome, runProgram } from "../harness/run-program.ts";
import { Conversation } from "./conversation.ts";

/** The npm that runs the tests has told its settings to what it started. */
const withoutNpm = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith("npm_"))
    .map((name) => [name, undefined]),
);

/** A reader's terminal in an empty folder, with an npm of a certain version. */
export class Terminal {
  readonly folder: string;
  readonly #path: string;

  private constructor(folder: string, path: string) {
    this.folder = folder;
    this.#path = path;
  }

  static async open(npm: string): Promise<Terminal> {
    const { folder: root } = inject("ecosystem");
    const [command, cli = ""] = await npmOf(npm);
    const programs = await mkdtemp(join(root, "bin-"));
    for (const name of ["npm", "npx"]) {
      const program = join(programs, name);
      const script = join(dirname(cli), `${name}-cli.js`);
      await writeFile(program, `#!/bin/sh\nexec "${command}" "${script}" "$@"\n`);
      await chmod(program, 0o755);
    }
    const folder = await mkdtemp(join(root, "reader-"));
    return new Terminal(folder, `${programs}${delimiter}${process.env.PATH}`);
  }

  /** Types a line, or many; an install of plugbay takes the packed one instead of the registry's. */
  type(line: string, env: NodeJS.ProcessEnv = {}): Promise<ProgramOutcome> {
    const { tarball } = inject("ecosystem");
    const typed = line.startsWith("npm install ") ? line.replace(/ plugbay(?= |$)/, ` ${tarball}`) : line;
    return runProgram(this.folder, "sh", ["-c", typed], { ...this.#env, ...env });
  }

  /** Begins what asks for something on the way, or goes on until somebody ends it. */
  begin(lines: string): Conversation {
    return new Conversation(this.folder, lines, this.#env);
  }

  get #env(): NodeJS.ProcessEnv {
    return { ...withoutNpm, PATH: this.#path };
  }

  async save(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, file)), { recursive: true });
    await writeFile(join(this.folder, file), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

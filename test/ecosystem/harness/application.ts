import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";
import { keepFirst } from "./keep-first.ts";
import { npmOf } from "./npm-version.ts";
import { type ProgramOutcome, runProgram } from "./run-program.ts";

export interface ApplicationOptions {
  /** By path from the application's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Beside plugbay and kysely, as in package.json: `{ express: "^5" }`. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Further fields of package.json, such as `{ type: "module" }`; without it the application is CommonJS. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** The npm that installs, such as `10.8.2`. Default: the one that is there. */
  readonly npm?: string;
  /** Whether no package runs what it wants to at its installation, such as a download. */
  readonly withoutScripts?: boolean;
}

/** An application outside of this project, with the packed plugbay installed from npm's registry, as a user has it. */
export class Application {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Applications of the same dependencies share one installation: their `node_modules` are hard links to its
   * files, so nothing in there may be changed in place.
   *
   * @example
   * await using app = await Application.make({ files: { "main.js": code }, dependencies: { pg: "^8" } });
   * expect(await app.run("node", "main.js")).toMatchObject({ code: 0, stdout: "sent\n" });
   */
  static async make({
    files = {},
    dependencies = {},
    manifest = {},
    npm,
    withoutScripts = false,
  }: ApplicationOptions): Promise<Application> {
    const { folder: root, tarball } = inject("ecosystem");
    const all = { plugbay: `file:${tarball}`, kysely: "^0.28.18", ...dependencies };
    const installed = await install(all, npm, withoutScripts);
    const app = new Application(await mkdtemp(join(root, "app-")));
    await expectSuccess(
      runProgram(root, "cp", ["-RPpl", join(installed, "node_modules"), join(app.folder, "node_modules")]),
    );
    await app.write({
      "package.json": JSON.stringify({ private: true, dependencies: all, ...manifest }),
      ...files,
    });
    return app;
  }

  /** By path from the application's folder. */
  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  /** By its path from the application's folder. */
  async remove(file: string): Promise<void> {
    await rm(join(this.folder, file), { recursive: true });
  }

  /** Runs a program in the application's folder: `node`, or one that a package brought, such as `tsc`, as `npx` finds it. */
  run(command: string, ...args: string[]): Promise<ProgramOutcome> {
    return this.runWith({}, command, ...args);
  }

  /** The same, with further variables in its environment. */
  runWith(env: NodeJS.ProcessEnv, command: string, ...args: string[]): Promise<ProgramOutcome> {
    const PATH = `${join(this.folder, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
    return runProgram(this.folder, command === "node" ? process.execPath : command, args, { PATH, ...env });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The folder in which npm installed the dependencies. @throws when npm fails, or warns of peers, or of the engine that plugbay needs */
async function install(
  dependencies: Readonly<Record<string, string>>,
  npm: string | undefined,
  withoutScripts: boolean,
): Promise<string> {
  const manifest = JSON.stringify({ private: true, dependencies });
  const key = createHash("sha256").update(`${npm} ${withoutScripts} ${manifest}`).digest("hex").slice(0, 16);
  const folder = join(inject("ecosystem").folder, `installed-${key}`);
  if (existsSync(folder)) return folder;
  const begun = await mkdtemp(`${folder}-`);
  await writeFile(join(begun, "package.json"), manifest);
  const [command, ...args] = await npmOf(npm);
  const options = ["install", "--prefer-offline", "--no-audit", "--no-fund"];
  if (withoutScripts) options.push("--ignore-scripts");
  const { stderr } = await expectSuccess(runProgram(begun, command, [...args, ...options]));
  // An application that brings a Node of its own is not run by the one that installs.
  const isOfEngine = !("node" in dependencies) && /EBADENGINE +package: '(plugbay|kysely)@/.test(stderr);
  if (isOfEngine || /ERESOLVE|edgesOut/.test(stderr)) throw new Error(`npm warned:\n${stderr}`);
  await keepFirst(begun, folder);
  return folder;
}

async function expectSuccess(running: Promise<ProgramOutcome>): Promise<ProgramOutcome> {
  const outcome = await running;
  if (outcome.code !== 0) throw new Error(`exit code ${outcome.code}:\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}

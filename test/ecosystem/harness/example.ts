import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { Application } from "./application.ts";
import { withoutVitest } from "./run-program.ts";

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));

/** What a run or an installation leaves in an example's folder. */
const leftOver = /^(node_modules|package-lock\.json|messages\.txt|\.next)(\/|$)|\.db(-\w+)?$/;

/** A folder of examples/ outside of this project, installed from its package.json, but with the packed plugbay. */
export async function installExample(name: string): Promise<Application> {
  const folder = join(examples, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (!leftOver.test(path)) files[path] = await readFile(join(folder, path), "utf8");
  }
  const { "package.json": manifest = "{}", ...others } = files;
  const { dependencies, devDependencies, ...rest } = JSON.parse(manifest);
  const workspaces: readonly string[] = rest.workspaces ?? [];
  const names = workspaces.map((path) => JSON.parse(files[`${path}/package.json`] ?? "{}").name as string);
  const own = new Set(["plugbay", ...names]);
  const needed = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => !own.has(name));
  const app = await Application.make({
    files: others,
    dependencies: Object.fromEntries(needed) as Record<string, string>,
    manifest: rest,
  });
  for (const [index, path] of workspaces.entries()) await linkWorkspace(app, path, names[index] ?? path);
  return app;
}

/** As npm links the workspaces of a package that it installs. */
async function linkWorkspace(app: Application, path: string, name: string): Promise<void> {
  const link = join(app.folder, "node_modules", name);
  await mkdir(dirname(link), { recursive: true });
  await symlink(join(app.folder, path), link);
}

/** A server that `npm start`, or another script, runs in an application on a free port. */
export class RunningServer {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #printed = "";

  private constructor(app: Application, env: NodeJS.ProcessEnv, script: string) {
    this.#process = spawn("npm", ["run", script], {
      cwd: app.folder,
      env: { ...withoutVitest(), PORT: "0", ...env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, so that it can be ended as a whole.
      detached: true,
    });
    this.#ended = once(this.#process, "close");
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk) => {
        this.#printed += chunk;
      });
    }
  }

  /** Resolves when it has said where it serves. @throws what it printed, when it ended before */
  static async start(
    app: Application,
    env: NodeJS.ProcessEnv = {},
    script = "start",
  ): Promise<RunningServer> {
    const server = new RunningServer(app, env, script);
    const isOver = (): boolean => server.url !== "" || server.#process.exitCode !== null;
    await vi.waitUntil(isOver, { timeout: 60_000 });
    if (server.url === "") throw new Error(server.#printed);
    return server;
  }

  /** Where it serves; empty as long as it has not said so. */
  get url(): string {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.#printed)?.[0] ?? "";
  }

  /** What it has printed so far. */
  get printed(): string {
    return this.#printed;
  }

  ask(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, init);
  }

  /** Reads JSON. */
  async read(path: string): Promise<unknown> {
    return (await this.ask(path)).json();
  }

  /** Sends JSON, and reads some. */
  async post(path: string, body: object = {}): Promise<unknown> {
    const response = await this.ask(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.status === 204 ? undefined : response.json();
  }

  /** Ends it as Ctrl-C does, with all of its processes, and resolves when they have ended. */
  async interrupt(): Promise<void> {
    process.kill(-Number(this.#process.pid), "SIGINT");
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      process.kill(-Number(this.#process.pid), "SIGKILL");
    await this.#ended;
  }
}

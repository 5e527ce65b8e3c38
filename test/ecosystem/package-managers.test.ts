import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { Application } from "./harness/application.ts";
import { type ProgramOutcome, runProgram } from "./harness/run-program.ts";

/** Yarn installs for Plug'n'Play, as it does unless it is told otherwise: there is no node_modules. */
const managers = { pnpm: "10.34.9", "@yarnpkg/cli-dist": "4.18.1", bun: "1.4.5" };

let app: Application;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  app = await Application.make({ dependencies: managers });
  const kept = join(app.folder, "kept");
  environment = {
    PATH: [join(app.folder, "node_modules/.bin"), process.env.PATH].join(delimiter),
    // With it, an installation that has to write a lock file is refused.
    CI: "false",
    // What they keep goes with the application.
    npm_config_store_dir: kept,
    YARN_GLOBAL_FOLDER: kept,
    BUN_INSTALL_CACHE_DIR: kept,
    YARN_NPM_REGISTRY_SERVER: (await app.run("npm", "config", "get", "registry")).stdout.trim(),
  };
});
afterAll(() => app?.[Symbol.asyncDispose]());

test.each(["pnpm", "yarn", "bun"])(
  "what plugbay init writes and says is as %s has it: it installs, passes its tests, compiles and is listed",
  async (manager) => {
    const folder = await mkdtemp(join(inject("ecosystem").folder, `${manager}-`));
    const type = (line: string, env: NodeJS.ProcessEnv = {}): Promise<ProgramOutcome> =>
      runProgram(folder, "sh", ["-c", line], { ...environment, ...env });
    try {
      const program = join(app.folder, "node_modules/plugbay/dist/cli/main.js");
      // Each of them says who runs what it runs.
      const made = await type(`node ${program} init --yes`, { npm_config_user_agent: `${manager}/1.0.0` });
      expect(made).toMatchObject({ code: 0, stderr: "" });
      const file = join(folder, "package.json");
      const manifest = JSON.parse(await readFile(file, "utf8"));
      // As the registry would give it.
      manifest.dependencies.plugbay = `file:${inject("ecosystem").tarball}`;
      await writeFile(file, JSON.stringify(manifest, null, 2));

      const [install = "", run = "", start, list = ""] = made.stdout.match(/(?<=^ {2}).+/gm) ?? [];
      expect(start).toBe(run.replace("test", "start"));
      const installed = await type(install);
      expect(installed, installed.stdout + installed.stderr).toMatchObject({ code: 0 });
      const tests = await type(run);
      expect(tests, tests.stdout + tests.stderr).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^(#|ℹ) fail 0$/m),
      });
      expect(await type(run.replace("test", "check"))).toMatchObject({ code: 0 });
      expect(await type(list.replace("list", "migrate"))).toMatchObject({ code: 0 });
      expect((await type(list)).stdout).toContain("apps/otp-sms:sms");
      expect(await type(list.replace("list", "new plugin sms_ir --type otp"))).toMatchObject({ code: 0 });
      expect((await type(run)).stdout).toContain("sms_ir");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll } from "vitest";
import { describeAdapter } from "./contract.ts";
import type { Host, HostOptions } from "./host.ts";

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const source = fileURLToPath(new URL("next-app", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "plugbay-next-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs Next in the folder until it says so, or has ended. */
function runNext(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const environment = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...variables };
  const child = spawn(process.execPath, [next, ...args], { cwd: folder, env: environment });
  return { child, ended: once(child, "exit") };
}

async function buildApplication(): Promise<void> {
  await cp(source, folder, { recursive: true });
  await symlink(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder, "node_modules"));
  await build({
    entryPoints: [join(source, "panel.ts")],
    outfile: join(folder, "panel.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["@photostructure/sqlite", "pg", "mysql2", "ioredis"],
    logLevel: "error",
  });
  const { child, ended } = runNext(["build"]);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
  const [code] = await ended;
  if (code !== 0) throw new Error(`next build failed:\n${said.join("")}`);
}

let built: Promise<void> | undefined;

/** The application in a process of its own: only what the variables say reaches its admin. */
async function start({ admin, kind, path }: HostOptions): Promise<Host> {
  built ??= buildApplication();
  await built;
  const { child, ended } = runNext(["start", "--port", "0", "--hostname", "127.0.0.1"], {
    PANEL_BASE_PATH: admin.basePath,
    PANEL_KIND: kind,
    ...(path !== undefined && { PANEL_PATH: path }),
  });
  let port = 0;
  for await (const line of createInterface(child.stdout)) {
    port ||= Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? 0);
    if (line.includes("Ready")) break;
  }
  child.stdout.resume();
  child.stderr.resume();
  return {
    port,
    async close() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

describeAdapter({ name: "next", start, respellsUrls: true, headWaits: true, compresses: true });

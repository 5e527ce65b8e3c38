import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rename } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Nest, NestTools } from "./nest-host.ts";

const source = fileURLToPath(new URL("nest-11", import.meta.url));
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)\b/;

/**
 * Nest 11, which npm does not put beside 12 at the top level. It is installed once for a lock file, outside of
 * the project, so that nothing of 12 is found from there; undefined where the registry is out of reach.
 */
export async function installNest11(): Promise<(Nest & NestTools) | undefined> {
  const lock = await readFile(join(source, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  const folder = join(tmpdir(), `plugbay-nest-11-${hash}`);
  if (!existsSync(folder)) {
    const unfinished = await mkdtemp(`${folder}-`);
    await cp(source, unfinished, { recursive: true });
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    try {
      await promisify(execFile)("npm", args, { cwd: unfinished, timeout: 10 * 60_000 });
    } catch (error) {
      if (process.env.CI === undefined && unreachable.test(String(error))) return undefined;
      throw error;
    }
    // Another run may have been faster.
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  }
  return load(folder);
}

async function load(folder: string): Promise<Nest & NestTools> {
  const require = createRequire(join(folder, "package.json"));
  const from = <T>(name: string): Promise<T> => import(pathToFileURL(require.resolve(name)).href);
  await from("reflect-metadata");
  return {
    common: await from("@nestjs/common"),
    core: await from("@nestjs/core"),
    express: await from("@nestjs/platform-express"),
    fastify: await from("@nestjs/platform-fastify"),
    testing: await from("@nestjs/testing"),
    terminus: await from("@nestjs/terminus"),
  };
}

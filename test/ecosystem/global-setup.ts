import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packPackage } from "./harness/pack-package.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What the tests of installed applications share: the packed plugbay, and a folder that goes when they end. */
    ecosystem: { readonly tarball: string; readonly folder: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "plugbay-ecosystem-")));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    project.provide("ecosystem", { tarball: await packPackage(folder), folder });
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

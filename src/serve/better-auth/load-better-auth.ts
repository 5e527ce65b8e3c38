import { dirname, resolve } from "node:path";
import { PackageMissingError, PackageVersionError } from "../errors.ts";
import { findPackage } from "./find-package.ts";

/** The oldest version that will do; all later ones of the same major do as well. */
const oldest = { major: 1, minor: 7 };
// Without the flag, npm 10 crashes on the package's many optional peers, and a later npm refuses them beside Jest.
const install = `npm install better-auth@${oldest.major}.${oldest.minor} --legacy-peer-deps`;
const need = "the panel on its own";

/**
 * Passwords, sessions and OpenID Connect are that package's; it is there only where somebody wants them. It is no
 * peer dependency, because npm would resolve its many peers for everybody, and fails at it in usual applications.
 *
 * @throws PackageMissingError, PackageVersionError
 */
export async function loadBetterAuth(configFile: string) {
  const folders = [dirname(resolve(configFile)), process.cwd(), import.meta.dirname];
  const found = findPackage("better-auth", folders);
  if (found === undefined) throw new PackageMissingError("better-auth", need, install);
  if (!isSupported(found.version)) {
    throw new PackageVersionError("better-auth", found.version, need, install);
  }
  const [{ betterAuth }, { getMigrations }, { genericOAuth }] = (await Promise.all([
    found.load("better-auth"),
    found.load("better-auth/db/migration"),
    found.load("better-auth/plugins/generic-oauth"),
  ])) as [
    typeof import("better-auth"),
    typeof import("better-auth/db/migration"),
    typeof import("better-auth/plugins/generic-oauth"),
  ];
  return { betterAuth, getMigrations, genericOAuth };
}

export type BetterAuthPackage = Awaited<ReturnType<typeof loadBetterAuth>>;

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === oldest.major && minor >= oldest.minor;
}

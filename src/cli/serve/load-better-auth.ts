import { PackageMissingError } from "../errors.ts";

/** Passwords, sessions and OpenID Connect are that package's; it is there only where somebody wants them. */
export async function loadBetterAuth() {
  try {
    const [{ betterAuth }, { getMigrations }, { genericOAuth }] = await Promise.all([
      import("better-auth"),
      import("better-auth/db/migration"),
      import("better-auth/plugins/generic-oauth"),
    ]);
    return { betterAuth, getMigrations, genericOAuth };
  } catch (error) {
    throw new PackageMissingError("better-auth", "the panel on its own", error);
  }
}

export type BetterAuthPackage = Awaited<ReturnType<typeof loadBetterAuth>>;

import { readFileSync } from "node:fs";

/** What the command reads of plugbay's own package.json. */
interface Manifest {
  readonly version: string;
  /** The versions of the packages that it works with: kysely, and the drivers. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** plugbay's own package.json. */
export const ownManifest = (): Manifest =>
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

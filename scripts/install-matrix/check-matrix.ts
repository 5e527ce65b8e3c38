import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Installer, installers, runLine } from "./installer.ts";
import { besideBetterAuth, type Place, places, quickPlaces } from "./places.ts";

/** What a package manager says of a dependency that does not fit. */
const complaint = /ERESOLVE|EBADENGINE|edgesOut|unmet peer|missing peer|incorrect peer|YN0002|YN0060|YN0086/i;

/**
 * Adds the tarball to each kind of application with each package manager, and runs something there; `quick`: those
 * of CI. Works in the folder, and prints a line for each.
 *
 * @throws when one of them failed, after all were tried
 */
export async function checkMatrix(tarball: string, folder: string, quick: boolean): Promise<void> {
  const tools = join(folder, "tools");
  const registry = (await runLine(["npm", "config", "get", "registry"], folder)).trim();
  const known = installers(tools, registry);
  const chosen = quick ? known.slice(0, 2) : known;
  await mkdir(tools);
  const packages = Object.fromEntries(chosen.map((installer) => [installer.name, installer.package]));
  await writeFile(join(tools, "package.json"), JSON.stringify({ private: true, dependencies: packages }));
  await runLine(["npm", "install", "--prefer-offline", "--no-audit", "--no-fund"], tools);
  let failures = 0;
  for (const installer of chosen) {
    for (const place of quick ? quickPlaces : places) {
      const began = performance.now();
      const problem = await check(installer, place, tarball, folder).catch((error: Error) => error.message);
      if (problem !== undefined) failures += 1;
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`${installer.name}, ${place.name}: ${problem ?? "works"} (${seconds} s)`);
    }
  }
  if (failures > 0) throw new Error(`${failures} of these installations failed.`);
}

/** What is wrong, if anything is. */
async function check(
  { install, lenient = [], run, env = {} }: Installer,
  place: Place,
  tarball: string,
  folder: string,
): Promise<string | undefined> {
  const app = await mkdtemp(join(folder, "app-"));
  try {
    const dependencies = { plugbay: `file:${tarball}`, ...place.dependencies };
    const manifest = JSON.stringify({ name: "app", version: "1.0.0", private: true, dependencies });
    for (const [path, text] of Object.entries({ ...place.files, "package.json": manifest })) {
      await mkdir(dirname(join(app, path)), { recursive: true });
      await writeFile(join(app, path), text);
    }
    const options = place === besideBetterAuth ? lenient : [];
    const said = await runLine([...install, ...options], app, env);
    // A package of the application's own may complain of another; that is not for this check to say.
    const complaints = said.split("\n").filter((line) => complaint.test(line) && /plugbay|kysely/.test(line));
    if (complaints.length > 0) return complaints.join("\n");
    for (const { line, prints } of place.runs) {
      const [program, ...args] = line;
      const printed = await runLine([...run(program, app), ...args], app, env);
      if (!printed.includes(prints)) return `${line.join(" ")} printed:\n${printed}`;
    }
    return undefined;
  } finally {
    await rm(app, { recursive: true, force: true });
  }
}

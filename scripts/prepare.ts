import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Builds, unless what is there was built of these very sources. npm runs `prepare` before every `npx plugbay` in
 * this repository, and a build each time would keep the reader waiting. Packing runs it too.
 */
process.chdir(join(import.meta.dirname, ".."));

const manifests = readdirSync(".")
  .filter((name) => /^(package|tsconfig).*\.json$/.test(name))
  .toSorted();
const built = ["dist", "ui/dist", "src/admin/panel/generated.ts"];
/** In node_modules, so that `npm ci` builds anew. */
const stamp = "node_modules/.cache/plugbay/built";

const sources = contentOf([...manifests, "scripts", "src", "ui"], built);
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== `${sources} ${contentOf(built)}`) {
  rmSync(stamp, { force: true });
  // One string: on Windows npm is a script that only a shell can start.
  const { status } = spawnSync("npm run build", { shell: true, stdio: "inherit" });
  if (status === 0) {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, `${sources} ${contentOf(built)}`);
  }
  process.exitCode = status ?? 1;
}

/** A digest of the names and contents of all files in these folders. */
function contentOf(paths: readonly string[], except: readonly string[] = []): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesIn(path, except))) {
    const content = readFileSync(file);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesIn(path: string, except: readonly string[]): string[] {
  if (except.includes(path) || !existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesIn(`${path}/${name}`, except));
}

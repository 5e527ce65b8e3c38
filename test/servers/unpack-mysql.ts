import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Debian's releases have MariaDB alone; its unstable distribution has MySQL. */
const source =
  "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main\n";

/**
 * Fetches Debian's package of MySQL, and all that it needs down to the C library, into a temporary folder. Nothing is
 * installed, and the machine's own packages stay as they are.
 *
 * @returns a program that takes what `mysqld` takes
 */
export async function unpackMysql(): Promise<{ readonly program: string; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-mysql-"));
  // The server runs as another user.
  await chmod(folder, 0o755);
  const root = join(folder, "root");
  for (const part of ["apt/lists/partial", "apt/archives/partial", "root"]) {
    await mkdir(join(folder, part), { recursive: true });
  }
  await writeFile(join(folder, "apt/sources.list"), source);
  await writeFile(join(folder, "apt/status"), "");
  const own = {
    "Dir::State::status": "status",
    "Dir::State::lists": "lists",
    "Dir::Cache": "",
    "Dir::Cache::archives": "archives",
    "Dir::Etc::sourcelist": "sources.list",
    "Dir::Etc::sourceparts": "none",
  };
  const options = Object.entries(own).flatMap(([name, path]) => [
    "-o",
    `${name}=${join(folder, "apt", path)}`,
  ]);
  // The folder is no other user's.
  options.push("-o", "APT::Sandbox::User=root");
  await run("apt-get", [...options, "-q", "update"]);
  const packages = ["--no-install-recommends", "install", "mysql-server-core"];
  await run("apt-get", [...options, "-q", "-y", "--download-only", ...packages], { maxBuffer: 2 ** 24 });
  const archives = join(folder, "apt/archives");
  for (const name of await readdir(archives)) {
    if (name.endsWith(".deb")) await run("dpkg-deb", ["--extract", join(archives, name), root]);
  }
  const program = join(folder, "mysqld");
  await writeFile(program, launcher(root));
  await chmod(program, 0o755);
  return { program, folder };
}

/** Runs it on the libraries that came with it. What the tests give first, `--no-defaults`, has to stay first. */
const launcher = (root: string): string => `#!/bin/sh
shift
set -- --no-defaults --basedir=${root}/usr --plugin-dir=${root}/usr/lib/mysql/plugin \\
  --lc-messages-dir=${root}/usr/share/mysql --character-sets-dir=${root}/usr/share/mysql/charsets \\
  --secure-file-priv=NULL --mysqlx=OFF "$@"
for loader in ${root}/usr/lib/*/ld-linux*.so*; do
  exec "$loader" --library-path "$(dirname "$loader")" ${root}/usr/sbin/mysqld "$@"
done
`;

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const limit = 10 * 60_000;

// A server's package starts the server as a service, which the tests do not want: for the time of the installation
// a policy says no. The trap takes the policy away also when the installation is interrupted. Of test files that
// run side by side, one installs and the others wait: apt-get does not wait for another one's update of its lists.
const installation = `
  exec 9> "\${TMPDIR:-/tmp}/plugbay-install.lock" && flock 9
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\\nexit 101\\n' > "$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update && apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "$@"
`;

/** Whether this process may install Debian packages. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

export async function installPackages(packages: readonly string[]): Promise<void> {
  await promisify(execFile)("/bin/sh", ["-c", installation, "installation", ...packages], {
    timeout: limit,
    maxBuffer: 64 * 1024 * 1024,
  });
}

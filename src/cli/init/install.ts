import { spawn } from "node:child_process";
import { once } from "node:events";
import { messageOf } from "../../thrown.ts";
import { InstallError } from "../errors.ts";
import type { CommandLine } from "./packages.ts";

/** Runs a package manager to its end; what it prints goes to standard error. @throws InstallError where it fails */
export async function runInstall(folder: string, [program, ...operands]: CommandLine): Promise<void> {
  const line = [program, ...operands].join(" ");
  // On Windows, these programs are scripts, which a shell alone can start.
  const shell = process.platform === "win32";
  const child = spawn(program, operands, { cwd: folder, stdio: ["ignore", 2, 2], shell });
  const code = await once(child, "close").then(
    ([exitCode]) => exitCode as number | null,
    (error: unknown) => {
      throw new InstallError(`"${line}" could not be run, but the files are written: ${messageOf(error)}`, {
        cause: error,
      });
    },
  );
  if (code !== 0) throw new InstallError(`"${line}" failed, but the files are written: run it again by hand`);
}

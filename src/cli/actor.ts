import { userInfo } from "node:os";
import { Option } from "commander";

export const actorOption = (): Option =>
  new Option(
    "--actor <name>",
    "who makes the change, for the history (default: the user of the operating system)",
  );

/** Who the history names where `--actor` does not: the user of the operating system. */
export function defaultActor(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no user has.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

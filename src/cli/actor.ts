import { userInfo } from "node:os";
import { Option } from "commander";

export const actorOption = (): Option =>
  new Option(
    "--actor <name>",
    "who makes the change, for the history (default: the user of the operating system)",
  );

export const reasonOption = (): Option =>
  new Option("--reason <text>", "why, for the history: at most 500 characters");

/** The options of a command that changes something. */
export interface AuthorOptions {
  readonly actor?: string;
  readonly reason?: string;
}

/** Who changes something, and why. */
export const authorOf = ({ actor = defaultActor(), reason }: AuthorOptions) =>
  ({ actor, source: "cli", ...(reason !== undefined && { reason }) }) as const;

/** Who the history names where `--actor` does not: the user of the operating system. */
export function defaultActor(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no user has.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

import { harmless } from "../harmless-text.ts";
import { codeOf, cut, messageOf, nameOf, stackOf } from "../thrown.ts";
import { systemClock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";

/** Something that the log of the panel on its own says. */
export interface LogLine {
  readonly level: "info" | "warning" | "error";
  readonly message: string;
  /** The id that the user was shown, by which the line can be found. */
  readonly id?: string | undefined;
  readonly error?: unknown;
  /** More that is known, such as a stack trace. */
  readonly detail?: string | undefined;
}

export type Log = (line: LogLine) => void;

/** How lines are written: for people, or a JSON object a line for what collects logs. */
export const logFormats = ["text", "json"] as const;
export type LogFormat = (typeof logFormats)[number];

/** How many characters of a message, a stack or a detail are written. */
const longest = 10_000;

/** Writes to standard error. */
export const createLog =
  (format: LogFormat): Log =>
  (line) => {
    process.stderr.write(`${harmless(format === "json" ? inJson(line) : inText(line))}\n`);
  };

function inJson({ level, message, id, error, detail }: LogLine): string {
  return JSON.stringify({
    time: isoTime(systemClock),
    level,
    message: cut(message, longest),
    id,
    error: error === undefined ? undefined : inFields(error),
    detail: detail === undefined ? undefined : cut(detail, longest),
  });
}

const inFields = (error: unknown) => ({
  name: nameOf(error),
  code: codeOf(error),
  message: cut(messageOf(error), longest),
  stack: cut(stackOf(error) ?? "", longest) || undefined,
});

/** The first line says it all; what follows is set in. */
function inText({ level, message, id, error, detail }: LogLine): string {
  const reason = error === undefined ? "" : `: ${messageOf(error)}`;
  const head = `${isoTime(systemClock)} ${level}: ${message}${reason}${id === undefined ? "" : ` (${id})`}`;
  const more = detail ?? (error === undefined ? undefined : stackOf(error));
  const text = more === undefined ? head : `${head}\n${more}`;
  return cut(text, longest).replaceAll("\n", "\n    ");
}

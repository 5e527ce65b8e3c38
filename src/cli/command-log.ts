import { harmless } from "../harmless-text.ts";
import type { Log } from "../serve/log.ts";
import { messageOf } from "../thrown.ts";

/** What a command hears of meanwhile, in one line on standard error. */
export const commandLog: Log = ({ level, message, error }) => {
  const reason = error === undefined ? "" : `: ${messageOf(error)}`;
  process.stderr.write(`${level === "info" ? "" : `${level}: `}${harmless(message + reason)}\n`);
};

import { cut, messageOf, stackOf } from "./thrown.ts";

/** How many characters of a message and its stack are told. */
const longestDetail = 10_000;

/** Reports what must not stop anything as a warning of the process, with a code where one was told to somebody. */
export function warn(message: string, error: unknown, code?: string): void {
  const reason = messageOf(error);
  const stack = stackOf(error) ?? reason;
  // Of an aggregate without a message, or one whose message is no text, the stack does not say what happened.
  const detail = stack.includes(reason) ? stack : `${reason}\n${stack}`;
  process.emitWarning(message, {
    type: "PlugbayWarning",
    detail: cut(detail, longestDetail),
    ...(code !== undefined && { code }),
  });
}

import { cut, messageOf, stackOf } from "./thrown.ts";

/** How many characters of a stack are told. */
const longestStack = 10_000;

/** Reports what must not stop anything as a warning of the process. */
export function warn(message: string, error: unknown): void {
  const detail = cut(stackOf(error) ?? messageOf(error), longestStack);
  process.emitWarning(message, { type: "PlugbayWarning", detail });
}

import { messageOf, stackOf } from "./thrown.ts";

/** Reports what must not stop anything as a warning of the process. */
export function warn(message: string, error: unknown): void {
  const detail = stackOf(error) ?? messageOf(error);
  process.emitWarning(message, { type: "PlugbayWarning", detail });
}

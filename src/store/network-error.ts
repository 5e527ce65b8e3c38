import { codeOf, messageOf, propertyOf } from "../thrown.ts";
import type { DriverErrorKind } from "./driver-error.ts";

/** Codes of Node for connections that were not made, or broke. */
const codes = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETRESET",
  "ENETUNREACH",
  "ENOTCONN",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "ERR_SOCKET_CLOSED",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_WRITE_AFTER_END",
]);

/** What a socket was doing: whatever goes wrong there, such as a missing file of a Unix socket, nobody was reached. */
const calls: readonly unknown[] = ["connect", "getaddrinfo"];

/** Kysely knows by itself that a transaction is over, whatever the driver. */
const endedTransaction = /^Transaction is already (committed|rolled back)/;

/** An address that is none. */
const invalidUrl = "ERR_INVALID_URL";

/** What an error means that is the same for every database: those of the network, and Kysely's own. */
export function networkMeaning(error: unknown): DriverErrorKind | undefined {
  if (codes.has(codeOf(error) ?? "") || calls.includes(propertyOf(error, "syscall"))) return "unreachable";
  if (codeOf(error) === invalidUrl) return "no-database";
  return endedTransaction.test(messageOf(error)) ? "transaction-ended" : undefined;
}

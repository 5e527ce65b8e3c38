import { classNameOf, dataIn } from "./own-data.ts";

/** What HTTP clients attach to their errors: large, full of credentials, and of no use to a reader. */
export const leftOut: ReadonlySet<PropertyKey> = new Set([
  "request",
  "req",
  "config",
  "options",
  "agent",
  "socket",
]);

const statuses = ["status", "statusCode"];

/** What is to be known of a response: its status, and when to come again. */
export function responseFacts(response: object): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const key of statuses) {
    const status = dataIn(response, key) ?? fetched(response, key);
    if (typeof status === "number") facts[key] = status;
  }
  const headers = dataIn(response, "headers") ?? fetched(response, "headers");
  if (typeof headers === "object" && headers !== null) facts.headers = headerFacts(headers);
  return facts;
}

/** The one header that says what to do next. */
export function headerFacts(headers: object): Record<string, unknown> {
  const value = dataIn(headers, "retry-after") ?? dataIn(headers, "Retry-After") ?? fetchedHeader(headers);
  return typeof value === "string" || typeof value === "number" ? { "retry-after": value } : {};
}

/** What `fetch` answered with tells all by getters, which are the platform's. */
function fetched(response: object, key: string): unknown {
  return isOf("Response", response) ? askOf(() => Reflect.get(Response.prototype, key, response)) : undefined;
}

function fetchedHeader(headers: object): unknown {
  return isOf("Headers", headers)
    ? askOf(() => Headers.prototype.get.call(headers as Headers, "retry-after"))
    : undefined;
}

/** By name first: the platform loads its classes when they are first asked for, which takes a while. */
const isOf = (name: string, value: object): boolean => classNameOf(value) === name;

/** Another's class of the same name is refused by the platform's. */
function askOf(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

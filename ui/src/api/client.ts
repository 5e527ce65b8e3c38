import type { Problem } from "../../../src/admin/api.ts";
import { ApiError } from "./api-error.ts";
import { basePath, closingSlash } from "./base-path.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH";
type QueryValue = string | number | undefined;

interface RequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The address of a route, with the query parameters that are set. */
export function apiUrl(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return `${basePath}/api/${path}${closingSlash}${search === "" ? "" : `?${search}`}`;
}

/** Asks the server. Rejects with ApiError where it refuses, with fetch's own error where it cannot be reached. */
export async function request<Answer>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await fetch(apiUrl(path, options.query), {
    method,
    headers: {
      accept: "application/json",
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(asProblem(response, body));
  return body as Answer;
}

/** Something in front of the server, such as a proxy, may answer with a page of its own. */
function asProblem(response: Response, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "detail" in body) return body as Problem;
  return {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    detail: `${response.status} ${response.statusText}`.trim(),
    code: "UNKNOWN",
  };
}

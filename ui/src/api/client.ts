import type { Contract, Problem } from "../../../src/admin/contract/contract.ts";
import type {
  AnswerOf,
  BodyOf,
  Endpoint,
  MediaType,
  ParamsOf,
  QueryOf,
} from "../../../src/admin/contract/endpoint.ts";
import { exactNumbers, numbersHeader } from "../../../src/admin/input/numbers-header.ts";
import { reasonHeader } from "../../../src/admin/input/reason.ts";
import { panelHeader } from "../../../src/admin/panel-header.ts";
import { ApiError } from "./api-error.ts";
import { basePath, closingSlash } from "./base-path.ts";
import { noteSignedOut } from "./signed-out.ts";

/** The endpoints that answer in JSON, by method and path. */
type Endpoints = {
  [E in Contract as E["answer"] extends MediaType ? never : `${E["method"]} ${E["path"]}`]: E;
};

/** What an endpoint takes, besides a signal to give it up, and why something is changed; a reason of "" is none. */
type Input<E extends Endpoint> = Needed<"params", ParamsOf<E>> &
  Needed<"body", BodyOf<E>> &
  Partial<Needed<"query", QueryOf<E>>> & { readonly signal?: AbortSignal; readonly reason?: string };

type Needed<Name extends string, Value> = Value extends undefined
  ? Record<never, never>
  : { readonly [Key in Name]: Value };

type QueryValue = string | number | undefined;

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly reason?: string;
  readonly signal?: AbortSignal;
}

/** The address of an endpoint, with the query parameters that are set. */
export function apiUrl(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return `${basePath}/api${path}${closingSlash}${search === "" ? "" : `?${search}`}`;
}

/**
 * Asks the server, as the contract says. Rejects with ApiError where it refuses, or where the application's sign-in
 * answers instead; with fetch's own error where the server cannot be reached.
 *
 * @example
 * const item = await request("GET /items/:itemId", { params: { itemId } });
 */
export async function request<Name extends keyof Endpoints>(
  name: Name,
  ...[input]: Record<never, never> extends Input<Endpoints[Name]>
    ? [input?: Input<Endpoints[Name]>]
    : [input: Input<Endpoints[Name]>]
): Promise<AnswerOf<Endpoints[Name]>> {
  try {
    const answer = await ask(name, input ?? {});
    noteSignedOut(false);
    return answer as AnswerOf<Endpoints[Name]>;
  } catch (error) {
    if (error instanceof ApiError) noteSignedOut(error.status === 401);
    throw error;
  }
}

async function ask(
  name: string,
  { params = {}, query, body, reason = "", signal }: AnyInput,
): Promise<unknown> {
  const [method = "", path = ""] = name.split(" ");
  const place = path.replace(/:(\w+)/g, (_, parameter: string) =>
    encodeURIComponent(params[parameter] ?? ""),
  );
  const response = await fetch(apiUrl(place, query), {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json", [numbersHeader]: exactNumbers }),
      ...(reason === "" ? {} : { [reasonHeader]: encodeURIComponent(reason) }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch(async (error: unknown) => {
    if (signal?.aborted || !(await isSentAway())) throw error;
    throw new ApiError(signedOut);
  });
  if (!isOfPanel(response)) {
    void response.body?.cancel();
    throw new ApiError((await isOfSignIn(response)) ? signedOut : asProblem(response, undefined));
  }
  if (!response.ok) throw new ApiError(asProblem(response, await response.json().catch(() => undefined)));
  return response.json();
}

/** What a sign-in in front of the panel means by a redirect, or by a page of its own. */
const signedOut: Problem = {
  type: "about:blank",
  title: "Unauthorized",
  status: 401,
  detail: "",
  code: "UNAUTHORIZED",
};

const isOfPanel = ({ headers }: Response): boolean => headers.has(panelHeader);

/**
 * Whether an answer that is not the panel's comes from the application's sign-in. A refusal may come from
 * something else that does not let just this request pass: then the panel still says who is signed in.
 */
async function isOfSignIn(answer: Response): Promise<boolean> {
  if (answer.ok || answer.status === 401 || isElsewhere(answer)) return true;
  if (isTrouble(answer)) return false;
  const session = await fetch(apiUrl("/session")).catch(() => undefined);
  return session !== undefined && !isOfPanel(session) && !isTrouble(session);
}

const isElsewhere = ({ redirected, url }: Response): boolean =>
  redirected && !new URL(url).pathname.startsWith(`${basePath}/api/`);

/** A server or a proxy that cannot answer now says nothing of who is signed in. */
const isTrouble = ({ status }: Response): boolean => status >= 500 || status === 408 || status === 429;

/** Whether the panel redirects to another origin, which fetch says of no more than of a broken line. */
async function isSentAway(): Promise<boolean> {
  const probe = await fetch(apiUrl("/session"), { redirect: "manual" }).catch(() => undefined);
  return probe?.type === "opaqueredirect";
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

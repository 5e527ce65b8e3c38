import type { Control } from "../../control/control.ts";
import type { ChangeOptions } from "../../control/writing/changed.ts";
import type { Plugbay } from "../../plugbay.ts";
import type { Authorization } from "../admin.ts";
import type { JsonText } from "../json-text.ts";
import type { Answers } from "../schemas/answers.ts";
import type { SchemaOf } from "../schemas/schema.ts";
import type { Settings } from "../settings.ts";

/** What a handler gets: checked input, and no more rights than the caller has. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly control: Control;
  /** Who it is, for the history. */
  readonly by: ChangeOptions;
  readonly caller: Authorization;
  readonly plugbay: Plugbay;
  readonly settings: Settings;
  readonly request: Request;
  /** The framework's own request. */
  readonly host: unknown;
  /** All routes of the API. */
  readonly routes: readonly Route[];
}

interface RouteOptions<Params, Query, Body> {
  readonly method: "GET" | "PATCH" | "POST" | "PUT";
  /** Below `api`, with parameters as `:name`. */
  readonly path: string;
  /** For the OpenAPI description. */
  readonly summary: string;
  /** Whether it takes the right to write; `nothing`: though it changes nothing. */
  readonly writes?: boolean | "nothing";
  readonly params?: SchemaOf<Params>;
  readonly query?: SchemaOf<Query>;
  readonly body?: SchemaOf<Body>;
  /** Of the answer. Default 200; 201 where it adds something. */
  readonly status?: 200 | 201;
}

type Answer<T> = T | JsonText<T>;

/** Answers in JSON, by a schema; or in another way, as a response of a media type. */
type Answering<Params, Query, Body, Name extends keyof Answers> =
  | {
      readonly answer: Name;
      handle(call: Call<Params, Query, Body>): Answer<Answers[Name]> | Promise<Answer<Answers[Name]>>;
    }
  | {
      readonly answer: { readonly mediaType: string };
      handle(call: Call<Params, Query, Body>): Response | Promise<Response>;
    };

/** A route, whatever its input and answer are. */
export type Route = RouteOptions<unknown, unknown, unknown> & {
  readonly answer: keyof Answers | { readonly mediaType: string };
  handle(call: Call): unknown;
};

/** A route whose input and answer are what its schemas say. */
export function route<Name extends keyof Answers, Params = unknown, Query = unknown, Body = unknown>(
  options: RouteOptions<Params, Query, Body> & Answering<Params, Query, Body, Name>,
): Route {
  // What was checked by the schemas is of their types: no schema can say that to the compiler.
  return options as unknown as Route;
}

/** Whether a request can be sent again under a key, so that it changes something once. */
export const takesKey = ({ writes }: Pick<Route, "writes">): boolean => writes === true;

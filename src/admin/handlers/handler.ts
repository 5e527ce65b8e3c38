import type { Control } from "../../control/control.ts";
import type { ChangeOptions } from "../../control/writing/changed.ts";
import type { Plugbay } from "../../plugbay.ts";
import type { Authorization } from "../admin.ts";
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from "../contract/endpoint.ts";
import type { JsonText } from "../json-text.ts";
import type { Places } from "../places.ts";
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
  readonly places: { readonly streams: Places; readonly checks: Places };
  readonly request: Request;
  /** The framework's own request. */
  readonly host: unknown;
}

/** What answers an endpoint, whatever its input and answer are. */
export interface Handler {
  readonly endpoint: Endpoint;
  handle(call: Call): unknown;
}

type Answer<T> = T | JsonText<T>;

/** What answers an endpoint: its input and answer are what the contract says. */
export function handler<E extends Endpoint>(
  endpoint: E,
  handle: (
    call: Call<ParamsOf<E>, QueryOf<E>, BodyOf<E>>,
  ) => Answer<AnswerOf<E>> | Promise<Answer<AnswerOf<E>>>,
): Handler {
  // What was checked by the schemas is of their types: no schema can say that to the compiler.
  return { endpoint, handle: handle as Handler["handle"] };
}

import type { Of, TSchema } from "./schema.ts";

/** What is asked at an address of the API, and what is answered. */
export interface Endpoint {
  readonly method: "GET" | "PATCH" | "POST" | "PUT";
  /** Below `api`, with parameters as `:name`. */
  readonly path: `/${string}`;
  /** For the OpenAPI description. */
  readonly summary: string;
  /** Whether it takes the right to write; `nothing`: though it changes nothing. */
  readonly writes?: boolean | "nothing";
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Of the answer. Default 200; 201 where it adds something. */
  readonly status?: 200 | 201;
  /** JSON by a schema, or something of another kind. */
  readonly answer: TSchema | MediaType;
}

export interface MediaType {
  readonly mediaType: string;
}

/** An endpoint, with the types that its schemas describe. */
export const endpoint = <const E extends Endpoint>(declared: E): E => declared;

type OfField<E, Field extends "params" | "query" | "body"> = E extends {
  readonly [Key in Field]: infer Schema extends TSchema;
}
  ? Of<Schema>
  : undefined;

export type ParamsOf<E extends Endpoint> = OfField<E, "params">;
export type QueryOf<E extends Endpoint> = OfField<E, "query">;
export type BodyOf<E extends Endpoint> = OfField<E, "body">;
export type AnswerOf<E extends Endpoint> = E["answer"] extends MediaType ? Response : Of<E["answer"]>;

/** Whether a request can be sent again under a key, so that it changes something once. */
export const takesKey = ({ writes }: Pick<Endpoint, "writes">): boolean => writes === true;

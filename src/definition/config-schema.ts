import type { StandardSchemaV1 } from "@standard-schema/spec";

/** The schema of a plugin's configs, or none. */
export type Schema = StandardSchemaV1 | undefined;

/** What a schema gives out: the config that an implementation is made with. */
export type ConfigOf<S extends Schema> = S extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<S>
  : undefined;

/** What a schema takes in: the config as it is stored. */
export type InputOf<S extends Schema> = S extends StandardSchemaV1 ? StandardSchemaV1.InferInput<S> : never;

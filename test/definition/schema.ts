import type { StandardSchemaV1 } from "@standard-schema/spec";

type Validate = StandardSchemaV1.Props["validate"];

/** A schema made by hand, that takes anything unless told otherwise. */
export const schema = (
  jsonSchema?: object | ((options: { readonly target: string }) => unknown),
  validate: Validate = (value) => ({ value }),
): StandardSchemaV1 => {
  const input = typeof jsonSchema === "function" ? jsonSchema : () => jsonSchema;
  return {
    "~standard": { version: 1, vendor: "test", validate, ...(jsonSchema && { jsonSchema: { input } }) },
  } as StandardSchemaV1;
};

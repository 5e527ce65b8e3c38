import type { StandardSchemaV1 } from "@standard-schema/spec";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema is asked for, the first that it can make. */
const targets = ["draft-2020-12", "draft-07"];

/**
 * The JSON Schema of what a schema takes in, as configs are stored. Parts that JSON Schema has no words for
 * (dates, say) are left open. undefined where the schema offers none, or cannot make one.
 */
export function jsonSchemaOf(schema: StandardSchemaV1): JsonSchema | undefined {
  const { jsonSchema } = schema["~standard"] as { readonly jsonSchema?: { readonly input?: unknown } };
  if (typeof jsonSchema?.input !== "function") return undefined;
  for (const target of targets) {
    try {
      const json: unknown = jsonSchema.input({ target, libraryOptions: { unrepresentable: "any" } });
      if (isJsonSchema(json)) return json;
    } catch {
      // It does not know the target, or has something that it cannot say in it.
    }
  }
  return undefined;
}

export const isJsonSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

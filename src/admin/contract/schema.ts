import type { JsonValue } from "../../definition/plugin-item.ts";
import type { Static, TProperties, TSchema } from "../../vendor/typebox.ts";
import * as typebox from "../../vendor/typebox.ts";

// JSON Schemas (draft 2020-12, as in OpenAPI 3.1), of which the types of what they describe are made.

export type { TSchema };

/** What a schema describes. It is read, and never changed. */
export type Of<Schema extends TSchema> = Immutable<Static<Schema>>;

type Immutable<T> = [JsonValue] extends [T]
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Immutable<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]: Immutable<T[Key]> }
      : T;

/** More that the schema says, such as a `description` or a `minimum`. */
type Words = Readonly<Record<string, unknown>>;

/** With no other fields than these. `title` names it in the OpenAPI description. */
export const object = <const Properties extends TProperties>(properties: Properties, words?: Words) =>
  typebox.Object(properties, { ...words, additionalProperties: false });

export const optional = <Schema extends TSchema>(schema: Schema) => typebox.Optional(schema);

export const list = <Schema extends TSchema>(schema: Schema, words?: Words) => typebox.Array(schema, words);

const anyOf = <Schemas extends TSchema[]>(schemas: readonly [...Schemas], words?: Words) =>
  typebox.Unsafe<Static<Schemas[number]>>(typebox.Union([...schemas], words));

export const nullable = <Schema extends TSchema>(schema: Schema, words?: Words) =>
  anyOf([schema, typebox.Null()], words);

export const oneOf = <const Value extends string>(values: readonly Value[], words?: Words) =>
  typebox.Unsafe<Value>({ type: "string", enum: [...values], ...words });

export const text = (words?: Words) => typebox.String(words);
export const flag = (words?: Words) => typebox.Boolean(words);
export const number = (words?: Words) => typebox.Number(words);
export const integer = (words?: Words) => typebox.Integer(words);
export const count = (words?: Words) => integer({ minimum: 0, ...words });
export const time = (words?: Words) => text({ format: "date-time", ...words });
export const json = (words?: Words) => typebox.Unsafe<JsonValue>({ ...words });

/** An object of the same kind of value under any name. */
export const record = <Schema extends TSchema>(values: Schema, words?: Words) =>
  typebox.Unsafe<{ readonly [key: string]: Static<Schema> }>({
    type: "object",
    additionalProperties: values,
    ...words,
  });

/** An object of JSON, whatever fields it has. */
export const jsonObject = (words?: Words) =>
  typebox.Unsafe<{ readonly [key: string]: JsonValue }>({ type: "object", ...words });

/** The pattern is stricter than the format, which takes capitals and `urn:uuid:`. */
export const id = (words?: Words) =>
  text({
    format: "uuid",
    pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    ...words,
  });

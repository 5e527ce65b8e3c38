import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import type { DraftValue } from "../json.ts";
import { isSchema, type JsonSchema, merged, type RootSchema, resolveSchema } from "./json-schema.ts";

export interface Choice {
  readonly value: JsonValue;
  readonly title: string;
}

export interface ObjectProperty {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

export interface ConstantKind {
  readonly kind: "constant";
  readonly value: JsonValue;
}

/** One of its values, or any of them. */
export interface ChoiceKind<Kind extends "choice" | "choices" = "choice"> {
  readonly kind: Kind;
  readonly choices: readonly Choice[];
}

export interface ObjectKind {
  readonly kind: "object";
  readonly properties: readonly ObjectProperty[];
  /** What members with other names are; absent where there are none. */
  readonly additional?: JsonSchema;
}

export interface ListKind {
  readonly kind: "list";
  /** The schemas of the first items, which are always there. */
  readonly fixed: readonly JsonSchema[];
  /** What further items are; absent where there are none. */
  readonly items?: JsonSchema;
}

export interface UnionKind {
  readonly kind: "union";
  readonly options: readonly JsonSchema[];
}

/** What a schema wants to be filled in with; `json`: something that no form has a field for. */
export type FieldKind =
  | ConstantKind
  | ChoiceKind
  | ChoiceKind<"choices">
  | { readonly kind: "text" | "number" | "integer" | "boolean" | "json" }
  | ObjectKind
  | ListKind
  | UnionKind;

export interface ReadField {
  readonly kind: FieldKind;
  /** The schema as it holds for the value: title, description and limits are read from it. */
  readonly schema: JsonSchema;
  /** Whether null stands for nothing. */
  readonly isNullable: boolean;
}

export function readField(part: JsonSchema, form: RootSchema, value: DraftValue): ReadField {
  const { schema, isNullable } = withoutNull(resolveSchema(part, form, value), form);
  return { kind: kindOf(schema, form), schema, isNullable };
}

function withoutNull(schema: JsonSchema, form: RootSchema): { schema: JsonSchema; isNullable: boolean } {
  const { anyOf, oneOf, ...rest } = schema;
  const options = optionsOf(schema);
  const others = options?.filter((option) => option.type !== "null");
  if (options !== undefined && others !== undefined && others.length < options.length) {
    const [only, ...more] = others;
    if (only === undefined) return { schema: { type: "null" }, isNullable: true };
    if (more.length > 0) return { schema: { ...rest, anyOf: others }, isNullable: true };
    return { schema: merged(resolveSchema(only, form, undefined), rest), isNullable: true };
  }
  if (!Array.isArray(schema.type)) return { schema, isNullable: false };
  const types = schema.type.filter((type) => type !== "null");
  const isNullable = types.length < schema.type.length;
  if (types.length === 1) return { schema: { ...schema, type: types[0] }, isNullable };
  const { type: _types, ...common } = schema;
  return { schema: { ...common, anyOf: types.map((type) => ({ type })) }, isNullable };
}

/** The alternatives of a schema that has some. */
function optionsOf({ oneOf, anyOf }: JsonSchema): readonly JsonSchema[] | undefined {
  const options = [oneOf, anyOf].find(Array.isArray);
  return options?.every(isSchema) ? options : undefined;
}

function kindOf(schema: JsonSchema, form: RootSchema): FieldKind {
  if (schema.const !== undefined) return { kind: "constant", value: schema.const as JsonValue };
  if (Array.isArray(schema.enum)) return { kind: "choice", choices: choicesOf(schema.enum) };
  const options = optionsOf(schema);
  if (options !== undefined) return choiceOrUnion(schema, options, form);
  switch (schema.type ?? impliedType(schema)) {
    case "string":
      return { kind: "text" };
    case "number":
    case "integer":
    case "boolean":
      return { kind: schema.type as "number" | "integer" | "boolean" };
    case "null":
      return { kind: "constant", value: null };
    case "array":
      return listKind(schema, form);
    case "object":
      return objectKind(schema);
    default:
      return { kind: "json" };
  }
}

function impliedType(schema: JsonSchema): string | undefined {
  if (isSchema(schema.properties)) return "object";
  return isSchema(schema.items) ? "array" : undefined;
}

function choiceOrUnion(schema: JsonSchema, options: readonly JsonSchema[], form: RootSchema): FieldKind {
  const resolved = options.map((option) => resolveSchema(option, form, undefined));
  const values = resolved.flatMap((option) => {
    if (option.const !== undefined) {
      return [{ value: option.const as JsonValue, title: titleOr(option, option.const) }];
    }
    return Array.isArray(option.enum) ? choicesOf(option.enum) : [undefined];
  });
  if (values.every((value) => value !== undefined)) return { kind: "choice", choices: values };
  if (isAnything(resolved)) return { kind: "json" };
  const { oneOf, anyOf, title, description, default: _default, ...common } = schema;
  return { kind: "union", options: resolved.map((option) => merged(common, option)) };
}

/** Alternatives that leave nothing out are not for choosing among. */
const isAnything = (options: readonly JsonSchema[]): boolean =>
  ["string", "number", "boolean", "array", "object"].every((type) =>
    options.some((option) => option.type === type && !isSchema(option.properties)),
  );

const titleOr = ({ title }: JsonSchema, value: unknown): string =>
  typeof title === "string" ? title : String(value);

const choicesOf = (values: readonly JsonValue[]): Choice[] =>
  values.map((value) => ({ value, title: typeof value === "string" ? value : JSON.stringify(value) }));

function objectKind({
  properties,
  required,
  additionalProperties,
  patternProperties,
}: JsonSchema): FieldKind {
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  const named = Object.entries(isSchema(properties) ? properties : {});
  const patterns = isSchema(patternProperties) ? Object.values(patternProperties) : [];
  const additional = [additionalProperties, ...patterns].find(isSchema);
  return {
    kind: "object",
    properties: named.map(([key, schema]) => ({
      key,
      schema: isSchema(schema) ? schema : {},
      isRequired: names.includes(key),
    })),
    ...(additional === undefined ? {} : { additional }),
  };
}

function listKind(schema: JsonSchema, form: RootSchema): FieldKind {
  const { items, prefixItems, additionalItems, uniqueItems } = schema;
  const fixed = [prefixItems, items].find(Array.isArray)?.filter(isSchema) ?? [];
  const further = Array.isArray(items) ? additionalItems : items;
  if (fixed.length > 0) return { kind: "list", fixed, ...(isSchema(further) ? { items: further } : {}) };
  if (!isSchema(further)) return { kind: "json" };
  const each = readField(further, form, undefined).kind;
  if (uniqueItems === true && each.kind === "choice") return { kind: "choices", choices: each.choices };
  return { kind: "list", fixed, items: further };
}

import type { Schema } from "../../vendor/json-schema.ts";
import type { TSchema } from "../contract/schema.ts";
import { HttpProblem } from "../problems/http-problem.ts";

/** The query parameters by name, those as numbers that the schema has as integers. */
export function readQuery(url: string, schema: TSchema): Record<string, string | number> {
  const query: Record<string, string | number> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if (Object.hasOwn(query, name)) {
      const issues = [{ path: `/${name}`, message: "is given more than once" }];
      throw new HttpProblem(400, "INVALID_INPUT", "the query is wrong", { issues });
    }
    const isNumber = /^-?\d{1,15}$/.test(value) && mayBeInteger((schema as Schema).properties?.[name]);
    Object.defineProperty(query, name, { value: isNumber ? Number(value) : value, enumerable: true });
  }
  return query;
}

const mayBeInteger = (schema: Schema | boolean | undefined): boolean =>
  typeof schema === "object" && (schema.type === "integer" || (schema.anyOf ?? []).some(mayBeInteger));

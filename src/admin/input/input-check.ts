import { Validator } from "../../vendor/json-schema.ts";
import { mostIssues } from "../present/issue.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import type { SchemaOf } from "../schemas/schema.ts";

/** These only say that something is wrong further inside, which is told by itself. */
const outer = new Set(["properties", "items", "additionalProperties", "propertyNames", "$ref"]);

/** Checks values against a schema, and tells all that is wrong with one. */
export class InputCheck<T> {
  readonly #validator: Validator;
  readonly #what: string;

  constructor(what: string, schema: SchemaOf<T>) {
    this.#what = what;
    this.#validator = new Validator(schema, "2020-12", false);
  }

  /** The value, which is one of T. */
  check(value: unknown): T {
    const { valid, errors } = this.#validator.validate(value);
    if (valid) return value as T;
    const issues = errors
      .filter(({ keyword }) => !outer.has(keyword))
      .slice(0, mostIssues)
      .map(({ instanceLocation, error }) => ({ path: instanceLocation.slice(1), message: error }));
    throw new HttpProblem(400, "INVALID_INPUT", `the ${this.#what} is wrong`, { issues });
  }
}

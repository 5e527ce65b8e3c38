import { type Schema, Validator } from "../../vendor/json-schema.ts";
import type { TSchema } from "../contract/schema.ts";
import { mostIssues } from "../present/issue.ts";
import { HttpProblem } from "../problems/http-problem.ts";

/** These only say that something is wrong further inside, which is told by itself. */
const outer = new Set(["properties", "items", "additionalProperties", "propertyNames", "$ref"]);

/** Checks values against a schema, and tells all that is wrong with one. */
export class InputCheck {
  readonly #validator: Validator;
  readonly #what: string;

  constructor(what: string, schema: TSchema) {
    this.#what = what;
    this.#validator = new Validator(schema as Schema, "2020-12", false);
  }

  /** The value, which is what the schema describes. */
  check(value: unknown): unknown {
    const { valid, errors } = this.#validator.validate(value);
    if (valid) return value;
    const issues = errors
      .filter(({ keyword }) => !outer.has(keyword))
      .slice(0, mostIssues)
      .map(({ instanceLocation, error }) => ({ path: instanceLocation.slice(1), message: error }));
    throw new HttpProblem(400, "INVALID_INPUT", `the ${this.#what} is wrong`, { issues });
  }
}

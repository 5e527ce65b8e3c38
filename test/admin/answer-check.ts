import { AssertionError } from "node:assert";
import { type Schema, Validator } from "../../src/vendor/json-schema.ts";

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

/** Holds answers against the OpenAPI description that the API gives of itself. */
export class AnswerCheck {
  readonly #description: Description;
  readonly #validators = new Map<Schema, Validator>();

  constructor(description: object) {
    this.#description = description as Description;
  }

  /** Throws where an answer is not what the description says of its route. `path` is below `api`. */
  check(method: string, path: string, status: number, mediaType: string, answer: unknown): void {
    const operation = this.#operation(method, path);
    const problem = this.#description.paths["/session"]?.get?.responses.default;
    const response = operation ? operation.responses[status < 300 ? String(status) : "default"] : problem;
    const content = response?.content[mediaType];
    if (content === undefined) fail(`${method} ${path} answered ${status} as ${mediaType}`);
    const { valid, errors } = this.#validator(content.schema).validate(answer);
    if (!valid)
      fail(`${method} ${path} answered ${status}, not as described:\n${JSON.stringify(errors, null, 1)}`);
  }

  #operation(method: string, path: string): Operation | undefined {
    const found = Object.keys(this.#description.paths)
      .filter((template) => fits(template, path))
      // Without a parameter is nearer.
      .sort((one, other) => one.split("{").length - other.split("{").length);
    return found.map((template) => this.#description.paths[template]?.[method.toLowerCase()]).find(Boolean);
  }

  #validator(schema: Schema): Validator {
    const { components } = this.#description;
    const validator =
      this.#validators.get(schema) ?? new Validator({ ...schema, components }, "2020-12", false);
    this.#validators.set(schema, validator);
    return validator;
  }
}

function fits(template: string, path: string): boolean {
  const wanted = template.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith("{") || part === given[index])
  );
}

function fail(message: string): never {
  throw new AssertionError({ message });
}

import { endpoints } from "./contract/contract.ts";
import { type Endpoint, takesKey } from "./contract/endpoint.ts";
import { Problem } from "./contract/problems.ts";
import type { TSchema } from "./contract/schema.ts";
import { keyParameter } from "./input/idempotency-key.ts";
import { reasonParameter } from "./input/reason.ts";
import type { Settings } from "./settings.ts";

interface Schema {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** The API in the words of OpenAPI 3.1. */
export function describeApi({ basePath, title }: Pick<Settings, "basePath" | "title">): object {
  const components = new Components();
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describe(endpoint, components) };
  }
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: "The API of plugbay's admin panel." },
    servers: [{ url: `${basePath}/api` }],
    paths,
    components: { schemas: components.schemas },
  };
}

function describe(endpoint: Endpoint, components: Components): object {
  const { summary, params, query, body, status = 200, answer } = endpoint;
  const [mediaType, schema] =
    "mediaType" in answer ? [answer.mediaType, {}] : ["application/json", components.refer(answer)];
  return {
    summary,
    parameters: [
      ...parametersOf("path", params),
      ...parametersOf("query", query),
      ...(takesKey(endpoint) ? [keyParameter, reasonParameter] : []),
    ],
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      [status]: { description: status === 201 ? "Added" : "Done", content: { [mediaType]: { schema } } },
      default: {
        description: "Refused, or gone wrong",
        content: { "application/problem+json": { schema: components.refer(Problem) } },
      },
    },
  };
}

const parametersOf = (place: "path" | "query", { properties = {}, required = [] }: Schema = {}): object[] =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));

/** The schemas that have a name, once each, and references to them in the others. */
class Components {
  readonly schemas: Record<string, unknown> = {};

  refer(schema: TSchema): object {
    const { title }: Schema = schema;
    if (title === undefined) return this.#inside(schema) as object;
    this.schemas[title] ??= this.#inside(schema);
    return { $ref: `#/components/schemas/${title}` };
  }

  #inside(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((element) => this.#within(element));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#within(inner)]));
  }

  #within(value: unknown): unknown {
    const isNamed = typeof value === "object" && value !== null && "title" in value;
    return isNamed && typeof value.title === "string" ? this.refer(value) : this.#inside(value);
  }
}

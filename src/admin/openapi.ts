import { keyParameter } from "./input/idempotency-key.ts";
import { type Route, takesKey } from "./routes/route.ts";
import { answers } from "./schemas/answers.ts";
import type { SchemaOf } from "./schemas/schema.ts";
import type { Settings } from "./settings.ts";

/** The API in the words of OpenAPI 3.1. */
export function describeApi(routes: readonly Route[], { basePath, title }: Settings): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: "The API of plugbay's admin panel." },
    servers: [{ url: `${basePath}/api` }],
    paths,
    components: { schemas: answers },
  };
}

function describeRoute(route: Route): object {
  const { summary, params, query, body, status = 200, answer } = route;
  const [mediaType, schema] =
    typeof answer === "string" ? ["application/json", ref(answer)] : [answer.mediaType, {}];
  return {
    summary,
    parameters: [
      ...parametersOf("path", params),
      ...parametersOf("query", query),
      ...(takesKey(route) ? [keyParameter] : []),
    ],
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      [status]: { description: status === 201 ? "Added" : "Done", content: { [mediaType]: { schema } } },
      default: {
        description: "Refused, or gone wrong",
        content: { "application/problem+json": { schema: ref("Problem") } },
      },
    },
  };
}

function parametersOf(place: "path" | "query", schema: SchemaOf<unknown> | undefined): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, of]) => ({
    name,
    in: place,
    required: schema?.required?.includes(name) ?? false,
    schema: of,
  }));
}

const ref = (name: keyof typeof answers) => ({ $ref: `#/components/schemas/${name}` });

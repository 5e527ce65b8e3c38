import type { Plugbay } from "../plugbay.ts";
import type { Context, Hono, MiddlewareHandler } from "../vendor/hono.ts";
import { type Endpoint, takesKey } from "./contract/endpoint.ts";
import { object } from "./contract/schema.ts";
import type { Environment } from "./guards/environment.ts";
import { mayWrite } from "./guards/may-write.ts";
import type { Call, Handler } from "./handlers/handler.ts";
import { readKey } from "./input/idempotency-key.ts";
import { InputCheck } from "./input/input-check.ts";
import { readJson, refuseOtherThanJson } from "./input/read-json.ts";
import { readQuery } from "./input/read-query.ts";
import { readReason } from "./input/reason.ts";
import { JsonText } from "./json-text.ts";
import { checkPlaces, streamPlaces } from "./places.ts";
import { HttpProblem, notFound } from "./problems/http-problem.ts";
import type { Settings } from "./settings.ts";

const nothing = object({});

/** Puts the handlers where requests find them; another method of their paths is answered with 405. */
export function addRoutes(
  app: Hono<Environment>,
  handlers: readonly Handler[],
  plugbay: Plugbay,
  settings: Settings,
): void {
  const surroundings = { plugbay, settings, places: { streams: streamPlaces(), checks: checkPlaces() } };
  for (const path of new Set(handlers.map(({ endpoint }) => endpoint.path))) {
    const here = handlers.filter(({ endpoint }) => endpoint.path === path);
    for (const handler of here) {
      const { method, writes } = handler.endpoint;
      const guards: MiddlewareHandler<Environment>[] = writes ? [mayWrite] : [];
      app.on(method, [`/api${path}`], ...guards, respondBy(handler, surroundings));
    }
    app.all(`/api${path}`, () => {
      throw notAllowed(here.map(({ endpoint }) => endpoint.method));
    });
  }
}

/** Checks the input, has the route handle it, and answers with what that returns. */
function respondBy(
  { endpoint, handle }: Handler,
  surroundings: Pick<Call, "plugbay" | "settings" | "places">,
) {
  const checkInput = inputOf(endpoint);
  return async (context: Context<Environment>): Promise<Response> => {
    const caller = context.get("caller");
    const key = takesKey(endpoint) ? readKey(context.req.raw) : undefined;
    const reason = takesKey(endpoint) ? readReason(context.req.raw) : undefined;
    const answer = await handle({
      ...surroundings,
      ...(await checkInput(context)),
      control: context.get("control"),
      by: { actor: caller.actor, source: "admin", reason, ...(key !== undefined && { key }) },
      caller,
      request: context.req.raw,
      host: context.env.host,
    });
    return respond(answer, endpoint.status);
  };
}

function respond(answer: unknown, status = 200): Response {
  if (answer instanceof Response) return answer;
  if (!(answer instanceof JsonText)) return Response.json(answer, { status });
  return new Response(answer.text, { headers: { "content-type": "application/json" } });
}

type Input = Pick<Call, "params" | "query" | "body">;

function inputOf({ method, params, query = nothing, body }: Endpoint): (context: Context) => Promise<Input> {
  const paramsCheck = new InputCheck("address", params ?? nothing);
  const queryCheck = new InputCheck("query", query);
  const bodyCheck = body && new InputCheck("body", body);
  return async ({ req }) => {
    if (method !== "GET") refuseOtherThanJson(req.raw);
    return {
      params: existing(() => paramsCheck.check(req.param())),
      query: queryCheck.check(readQuery(req.url, query)),
      body: bodyCheck?.check(await readJson(req.raw)),
    };
  };
}

/** An address with an impossible id is one of nothing. */
function existing<T>(check: () => T): T {
  try {
    return check();
  } catch {
    throw notFound();
  }
}

function notAllowed(methods: readonly string[]): HttpProblem {
  const allow = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  return new HttpProblem(405, "METHOD_NOT_ALLOWED", `this address takes ${allow}`, { headers: { allow } });
}

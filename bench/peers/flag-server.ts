import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How many variants a flag has: as many as a plugin type has plugins. */
const variantsOfFlag = 10;

/** A server that tells the SDKs of Unleash, GrowthBook and LaunchDarkly of flags, each in its own format. */
export interface FlagServer {
  readonly url: string;
  /** The variant that everyone gets of the first flag; the others have `variant-0`. */
  serve(variant: string): void;
  close(): Promise<void>;
}

/** `items / 10` flags of ten variants each, behind a server on this machine that answers without delay. */
export async function startFlagServer(items: number): Promise<FlagServer> {
  const names = flagNames(items);
  let served = "variant-0";
  let version = 1;
  const answers: Record<string, (variantOf: (name: string) => string) => unknown> = {
    "/api/client/features": (variantOf) => ({
      version: 2,
      features: names.map((name) => unleashFlag(name, variantOf(name))),
    }),
    "/api/features/bench": (variantOf) => ({
      status: 200,
      dateUpdated: new Date(version).toISOString(),
      features: Object.fromEntries(names.map((name) => [name, { defaultValue: variantOf(name) }])),
    }),
    "/all": (variantOf) => ({
      path: "/",
      data: {
        flags: Object.fromEntries(names.map((name) => [name, launchDarklyFlag(name, variantOf(name))])),
        segments: {},
      },
    }),
  };
  // Written once for each change, as a server with a cache would.
  const written = new Map<string, string>();
  const write = (path: string): string | undefined => {
    const known = written.get(path);
    if (known !== undefined) return known;
    const answer = answers[path]?.((name) => (name === names[0] ? served : "variant-0"));
    if (answer === undefined) return undefined;
    const text = JSON.stringify(answer);
    written.set(path, text);
    return text;
  };
  const server = createServer((request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    const body = write(path);
    if (body === undefined) respond(response, 202, "{}");
    else if (path === "/all") streamTo(response, body);
    else if (request.headers["if-none-match"] === `"${version}"`) response.writeHead(304).end();
    else respond(response, 200, body, { etag: `"${version}"` });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  for (const path of Object.keys(answers)) write(path);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(variant) {
      served = variant;
      version += 1;
      written.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

export const flagNames = (items: number): string[] =>
  Array.from({ length: items / variantsOfFlag }, (_, index) => `flag-${index}`);

const variants = Array.from({ length: variantsOfFlag }, (_, index) => `variant-${index}`);

const unleashFlag = (name: string, served: string) => ({
  name,
  type: "release",
  enabled: true,
  strategies: [{ name: "default", parameters: {} }],
  variants: variants.map((variant) => ({
    name: variant,
    weight: variant === served ? 1_000 : 0,
    weightType: "variable",
    stickiness: "default",
    payload: { type: "string", value: variant },
  })),
});

const launchDarklyFlag = (key: string, served: string) => ({
  key,
  version: 1,
  on: true,
  variations: variants,
  fallthrough: { variation: variants.indexOf(served) },
  offVariation: 0,
  targets: [],
  rules: [],
  prerequisites: [],
  salt: key,
  trackEvents: false,
});

function respond(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

/** One event, and an open line after it. */
function streamTo(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(`event: put\ndata: ${body}\n\n`);
}

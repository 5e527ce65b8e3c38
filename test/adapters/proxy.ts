import { createServer, request } from "node:http";
import { type Host, listening } from "./host.ts";

/** A reverse proxy that takes `prefix` from the paths it passes on, as nginx does by `proxy_pass http://host/`. */
export function startProxy(port: number, prefix: string): Promise<Host> {
  return listening(
    createServer((incoming, outgoing) => {
      const url = incoming.url ?? "";
      const path = url.startsWith(prefix) ? url.slice(prefix.length) : url;
      const onward = request({
        host: "127.0.0.1",
        port,
        method: incoming.method,
        path: path.startsWith("/") ? path : `/${path}`,
        headers: {
          ...incoming.headers,
          "x-forwarded-host": "forged.example",
          "x-forwarded-proto": "https",
          "x-forwarded-prefix": "/forged",
        },
      });
      onward.on("response", (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        answer.on("error", () => outgoing.destroy());
      });
      onward.on("error", () => outgoing.destroy());
      outgoing.on("close", () => onward.destroy());
      incoming.pipe(onward);
    }),
  );
}

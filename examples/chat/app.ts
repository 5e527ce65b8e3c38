import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Plugbay } from "plugbay";
import { type FakeModel, modes } from "./fake-model.ts";
import { model } from "./model.ts";
import { page } from "./page.ts";

export function createApp(plugbay: Plugbay, fakes: ReadonlyMap<string, FakeModel>): Hono {
  const app = new Hono();
  app.get("/", (context) => context.html(page));

  app.get("/answer", (context) => {
    const prompt = context.req.query("prompt") ?? "";
    return streamSSE(context, async (events) => {
      // A reader who goes away ends the model's work, too.
      const gone = new AbortController();
      events.onAbort(() => gone.abort());
      const parts = plugbay.stream(model, (one, { signal }) => one.complete(prompt, signal), {
        signal: gone.signal,
      });
      try {
        for await (const part of parts) await events.writeSSE({ event: "part", data: JSON.stringify(part) });
        await events.writeSSE({ event: "end", data: "" });
      } catch (error) {
        if (gone.signal.aborted) return;
        console.error(String(error));
        await events.writeSSE({ event: "broken", data: "" });
      }
    });
  });

  // What the fake models do.
  app.post("/models/:name/:mode", (context) => {
    const fake = fakes.get(context.req.param("name"));
    const mode = modes.find((one) => one === context.req.param("mode"));
    if (fake === undefined || mode === undefined) return context.notFound();
    fake.mode = mode;
    return context.body(null, 204);
  });
  return app;
}

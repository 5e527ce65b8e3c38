import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { relocate } from "../../src/adapters/relocate.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("an abort reaches who listens to a request at another URL, though nobody keeps that request", async () => {
  const client = new AbortController();
  const request = new Request("http://panel.example.com/admin/events", { signal: client.signal });
  let aborted = 0;
  const listen = (): void => {
    const relocated = relocate(request, new URL("http://panel.example.com/events"));
    relocated.signal.addEventListener("abort", () => {
      aborted += 1;
    });
  };
  listen();
  for (let round = 0; round < 3; round += 1) {
    await sleep(1);
    collectGarbage();
  }
  client.abort();
  expect(aborted).toBe(1);
});

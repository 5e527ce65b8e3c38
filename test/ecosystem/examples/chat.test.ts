import { expect, test } from "vitest";
import { installExample, RunningServer } from "../harness/example.ts";

test("examples/chat streams answers, fails over until the first part, and never after", async () => {
  await using app = await installExample("chat");
  await using server = await RunningServer.start(app, { IDLE_TIMEOUT_MS: "500" });

  /** What the page would show, and the event that its stream ended with. */
  const ask = async () => {
    const events = await (await server.ask("/answer?prompt=tea")).text();
    const parts = [...events.matchAll(/event: part\ndata: (.*)\n/g)].map(([, data = ""]) => JSON.parse(data));
    return { text: parts.join(""), parts: parts.length, last: /event: (\w+)\n.*\n*$/.exec(events)?.[1] };
  };
  const set = (mode: string) => server.post(`/models/large/${mode}`);

  const answer = await ask();
  expect(answer).toMatchObject({ text: 'The large model has no idea about "tea".', last: "end" });
  expect(answer.parts).toBeGreaterThan(1);
  for (const mode of ["refusing", "silent"]) {
    await set(mode);
    expect(await ask()).toMatchObject({ text: 'The small model has no idea about "tea".', last: "end" });
  }
  await set("breaking");
  expect(await ask()).toMatchObject({ text: "The large model ", last: "broken" });
  expect(await (await server.ask("/")).text()).toContain("EventSource");
  await server.interrupt();
});

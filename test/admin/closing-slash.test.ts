import { expect, test } from "vitest";
import { endpoints } from "../../src/admin/contract/contract.ts";
import { keys } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";
import { prepareSamples, sampled, sampleOf } from "./sample-requests.ts";

const withSlash = (path: string) => path.replace(/(?=\?|$)/, "/");

// Next under `trailingSlash` redirects each path to the one with a slash.
onSqlite((home) => {
  const open = async () => {
    const plugbay = await home.open(sampled, { keys, heartbeatMs: false });
    return { plugbay, panel: new Panel(plugbay) };
  };

  test.each([
    "session",
    "types",
    "items",
    "items?search=ali&pageSize=1",
    "history",
    "processes",
    "openapi.json",
    "nothing",
  ])("GET %s is answered as without one", async (path) => {
    const { panel } = await open();
    const plain = await panel.fetch("GET", `/admin/api/${path}`);
    const slashed = await panel.fetch("GET", withSlash(`/admin/api/${path}`));
    expect(slashed.status).toBe(plain.status);
    const withoutTimes = async (response: Response) =>
      (await response.text()).replace(/"(ageMs|seenAt|seenAgoMs)":("[^"]*"|[\d.]+)/g, "$1");
    expect(await withoutTimes(slashed)).toBe(await withoutTimes(plain));
  });

  test("GET events is a stream", async () => {
    const { panel } = await open();
    const response = await panel.fetch("GET", "/admin/api/events/");
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    await response.body?.cancel();
  });

  test.each(
    endpoints.filter(({ writes }) => writes).map((route) => [`${route.method} ${route.path}`, route]),
  )("%s does what it does without one", async (_name, route) => {
    const { plugbay, panel } = await open();
    await prepareSamples(plugbay);
    const { path, body } = sampleOf(route, plugbay);
    const response = await panel.fetch(route.method, `/admin/api/${path}/`, { body });
    expect(response.status).toBe(route.status ?? 200);
  });

  test.each(["/admin/", "/admin/items/", "/items/", "/"])("%s is a page", async (path) => {
    const { panel } = await open();
    const response = await panel.fetch("GET", path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  test("a file of the panel is found", async () => {
    const { panel } = await open();
    const html = await (await panel.fetch("GET", "/admin")).text();
    const style = /href="([^"]+\.css)"/.exec(html)?.[1] ?? "";
    const response = await panel.fetch("GET", `${style}/`);
    expect(response.headers.get("content-type")).toBe("text/css; charset=utf-8");
  });
});

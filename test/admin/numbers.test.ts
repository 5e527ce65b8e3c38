import fc from "fast-check";
import { definePlugin } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import type { ItemDetail } from "../../src/admin/contract/contract.ts";
import { onEveryDatabase } from "../store/test-database.ts";
import { everything, greeting } from "./definitions.ts";
import { Panel } from "./panel.ts";

const counter = definePlugin(greeting, {
  name: "counter",
  module: "apps/counter",
  config: z.strictObject({ numbers: z.array(z.number()).default([]), name: z.string().optional() }),
  create: () => ({ greet: () => "counted" }),
});

onEveryDatabase((home) => {
  async function open() {
    const plugbay = await home.open([everything, counter]);
    const id = plugbay.items(greeting).find(({ name }) => name === "counter")?.id ?? "";
    const panel = new Panel(plugbay);
    const path = `/admin/api/items/${id}`;
    const patch = async (body: (version: number) => string) => {
      const { version } = await panel.ask<ItemDetail>("GET", `items/${id}`);
      return panel.fetch("PATCH", path, { rawBody: body(version) });
    };
    return { panel, path, patch, text: async () => (await panel.fetch("GET", path)).text() };
  }

  test("whatever number the API answers with can be sent back, and is stored the same", async () => {
    const { patch, text } = await open();
    // Without -0, which JSON writes as 0.
    const number = fc
      .oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.maxSafeInteger(),
        fc.integer({ min: 0, max: 1_100 }).map((power) => 2 ** power),
        // Those that JSON writes out though they are beyond 2^53.
        fc.bigInt({ min: 2n ** 53n, max: 10n ** 21n }).map(Number),
        fc.integer({ min: -330, max: 330 }).map((power) => Number(`7e${power}`)),
      )
      .filter(Number.isFinite)
      .map((value) => value + 0);
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 40 }), async (numbers) => {
        const sent = await patch((version) => JSON.stringify({ version, config: { numbers } }));
        expect(sent.status).toBe(200);
        const read = JSON.parse(await text()) as ItemDetail;
        expect(read.config).toEqual({ numbers });
        const back = JSON.stringify({
          version: read.version,
          config: { ...(read.config as object), name: "x" },
        });
        expect((await patch(() => back)).status).toBe(200);
        expect((JSON.parse(await text()) as ItemDetail).config).toEqual({ numbers, name: "x" });
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  test("a number is taken however it is written, as long as it says the same once it is read", async () => {
    const { patch, text } = await open();
    const written = ["1e20", "100000000000000000000", "1.0", "123456789012345680000", "25e-1", "1e21"];
    const sent = await patch((version) => `{"version":${version},"config":{"numbers":[${written}]}}`);
    expect(sent.status).toBe(200);
    const { config } = JSON.parse(await text()) as ItemDetail;
    expect(config).toEqual({ numbers: written.map(Number) });
  });
});

import type { Plugbay } from "plugbay";
import type { Endpoint } from "../../src/admin/contract/endpoint.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { idOf } from "../store/test-database.ts";
import { everything, vault } from "./definitions.ts";

export interface SampleRequest {
  readonly path: string;
  readonly body?: unknown;
  /** Only where it takes the right to write, but writes nothing. */
  readonly changesNothing?: true;
}

/**
 * For every route that writes, a request that changes alice, by somebody who may. It is made for a history
 * whose second revision was a change of alice, and with dora retired. Where it adds an item, it is one of the
 * same type.
 */
const samples: Readonly<
  Record<
    string,
    (ids: { alice: string; bob: string; dora: string; vault: string; type: string }) => SampleRequest
  >
> = {
  "PUT /types/:typeId/order": ({ alice, type }) => ({
    path: `types/${type}/order`,
    body: { ids: [alice], status: "disable" },
  }),
  "POST /types/:typeId/check": ({ type }) => ({
    path: `types/${type}/check`,
    body: { module: "apps/greeters", name: "alice" },
    changesNothing: true,
  }),
  "PATCH /items": ({ alice }) => ({
    path: "items",
    body: { items: [{ id: alice, version: 2, priority: 3 }] },
  }),
  "POST /items": ({ type }) => ({
    path: "items",
    body: { typeId: type, module: "apps/vault", name: "vault", label: "new", config: { token: "t" } },
  }),
  "POST /items/:itemId/duplicate": ({ vault }) => ({
    path: `items/${vault}/duplicate`,
    body: { label: "copy" },
  }),
  "POST /items/:itemId/hold": ({ alice }) => ({
    path: `items/${alice}/hold`,
    body: { version: 2, reason: "maintenance", forMs: 60_000 },
  }),
  "POST /items/:itemId/release": ({ bob }) => ({ path: `items/${bob}/release`, body: { version: 3 } }),
  "POST /items/:itemId/serve-now": ({ bob }) => ({ path: `items/${bob}/serve-now`, body: { version: 3 } }),
  "POST /items/:itemId/end-lead": ({ bob }) => ({ path: `items/${bob}/end-lead`, body: { version: 3 } }),
  "POST /items/bulk": ({ alice }) => ({ path: "items/bulk", body: { action: "lower", ids: [alice] } }),
  "POST /items/purge": ({ dora }) => ({ path: "items/purge", body: { ids: [dora] } }),
  "PATCH /items/:itemId": ({ alice }) => ({
    path: `items/${alice}`,
    body: { version: 2, status: "reserve" },
  }),
  "POST /history/changes/:revision/revert": () => ({ path: "history/changes/2/revert" }),
  "POST /history/:entryId/revert": () => ({ path: "history/2-0/revert" }),
};

/** What the samples are about. */
export const sampled = [everything, vault];

/** Makes the history that the samples are made for. */
export async function prepareSamples(plugbay: Plugbay): Promise<void> {
  const by = { actor: "peter" };
  await plugbay.control.updateItem(idOf(plugbay, "alice"), { description: "changed" }, by);
  await plugbay.control.retire([idOf(plugbay, "dora")], by);
  await plugbay.control.serveNow(idOf(plugbay, "bob"), { forMs: 3_600_000, ...by });
  await plugbay.control.hold(idOf(plugbay, "bob"), { reason: "maintenance" }, by);
}

/** The sample of a route; a new one has to get one. */
export function sampleOf({ method, path }: Endpoint, plugbay: Plugbay): SampleRequest {
  const make = samples[`${method} ${path}`];
  if (make === undefined) throw new Error(`there is no sample request for ${method} ${path}`);
  const type =
    [...snapshotOf(plugbay).types.values()].find(({ row }) => row.name === "greeting")?.row.id ?? "";
  const named = (name: string): string => idOf(plugbay, name);
  const [alice, bob, dora, vault] = [named("alice"), named("bob"), named("dora"), named("vault")];
  return make({ alice, bob, dora, vault, type });
}

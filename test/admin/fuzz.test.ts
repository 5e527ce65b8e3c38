import fc from "fast-check";
import type { AuditEntry, Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { endpoints } from "../../src/admin/contract/contract.ts";
import type { Endpoint } from "../../src/admin/contract/endpoint.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import type { Rows } from "../../src/store/rows.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { keys } from "./definitions.ts";
import { Panel } from "./panel.ts";
import { prepareSamples, sampled, sampleOf } from "./sample-requests.ts";

const runs = 40;

/** A request: what is below `api`, and the body where there is one. */
interface FuzzedRequest {
  readonly path: string;
  readonly rawBody: string;
}

/** Requests of a route: mostly of the shape that it takes, with some of everything in it. */
function requestsOf(route: Endpoint, plugbay: Plugbay): fc.Arbitrary<FuzzedRequest> {
  const itemId = fc.constantFrom(
    ...["alice", "bob", "dora", "erik", "fred", "vault", "vault"].map((name) => idOf(plugbay, name)),
  );
  const typeId = fc.constantFrom(...snapshotOf(plugbay).types.keys());
  const anyText = fc.string({ unit: "binary" });
  const id = fc.oneof({ weight: 8, arbitrary: itemId }, { weight: 2, arbitrary: typeId }, fc.uuid(), anyText);
  const entry = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 })).map((pair) => pair.join("-")),
    anyText,
  );
  const bodies = bodiesWith(id, typeId);
  const own = bodies[`${route.method} ${route.path}`];
  const body = fc.oneof(
    { weight: own ? 12 : 0, arbitrary: own ?? fc.constant(null) },
    ...Object.values(bodies),
    fc.jsonValue(),
  );
  const rawBody = fc.oneof(
    { weight: 9, arbitrary: body.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: anyText },
  );
  const place = route.path.startsWith("/types") ? fc.oneof({ weight: 4, arbitrary: typeId }, id) : id;
  return fc.record({ place, entry, rawBody, query: queriesWith(id, entry) }).map((parts) => ({
    path: pathOf(route.path, parts),
    rawBody: parts.rawBody,
  }));
}

const status = fc.constantFrom("active", "reserve", "disable", "on");
const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 5 }) },
  fc.constantFrom(-32_768, 32_767, 32_768, 1e300, 0.5),
);

const filters = fc.dictionary(
  fc.constantFrom(
    "search",
    "status",
    "readiness",
    "type",
    "manager",
    "module",
    "retired",
    "sort",
    "page",
    "x",
  ),
  fc.oneof(
    fc.constantFrom("active", "ready", "true", "include", "greeting", "-priority,name", "2"),
    fc.string(),
  ),
  { maxKeys: 3 },
);

const label = fc.oneof(fc.constantFrom("a", "b", "ä", "", " ", "\0"), fc.string({ unit: "binary" }));

const secret = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(null, { secret: "set", at: "", fingerprint: "" }, { $secret: "v1.test.AAAA.AAAA" }, 7),
);

const config = fc.oneof(
  fc.record(
    {
      host: fc.string({ unit: "binary" }),
      retries: number,
      token: secret,
      smtp: fc.record({ port: number, password: secret }),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"host":"x"}}'),
    { constructor: { prototype: {} } },
    "x".repeat(300_000),
  ),
  fc.jsonValue(),
);

/** The bodies of the routes that have one. */
function bodiesWith(
  id: fc.Arbitrary<string>,
  typeId: fc.Arbitrary<string>,
): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  const ids = fc.array(id, { maxLength: 4 });
  const decisions = { status, priority: number, description: fc.string({ unit: "binary" }) };
  const version = fc.integer({ min: 1, max: 3 });
  const change = fc.record({ version, ...decisions }, { requiredKeys: ["version"] });
  const plugin = fc.constantFrom(["apps/vault", "vault"], ["apps/greeters", "alice"], ["apps/no", "no"]);
  const actions = ["activate", "reserve", "disable", "raise", "lower", "retire", "restore", "x"];
  return {
    "PATCH /items/:itemId": fc.record(
      { version, ...decisions, label, config },
      { requiredKeys: ["version"] },
    ),
    "POST /items": fc
      .tuple(
        fc.oneof({ weight: 5, arbitrary: typeId }, id),
        plugin,
        fc.record({ label, config, ...decisions }, { requiredKeys: ["label"] }),
      )
      .map(([typeId, [module, name], rest]) => ({ typeId, module, name, ...rest })),
    "POST /items/:itemId/duplicate": fc.record({ label, status }, { requiredKeys: ["label"] }),
    "PATCH /items": fc.record({
      items: fc.array(
        fc.tuple(id, change).map(([one, rest]) => ({ id: one, ...rest })),
        { maxLength: 4 },
      ),
    }),
    "POST /items/:itemId/hold": fc.record(
      { version, reason: fc.string({ unit: "binary" }), forMs: number, until: fc.string() },
      { requiredKeys: ["reason"] },
    ),
    "POST /items/:itemId/release": fc.record({ version }, { requiredKeys: [] }),
    "POST /items/bulk": fc.record(
      { action: fc.constantFrom(...actions), ids, query: filters },
      { requiredKeys: ["action"] },
    ),
    "POST /items/purge": fc.record({ ids }),
    "PUT /types/:typeId/order": fc.record(
      { ids, status, versions: fc.dictionary(id, number, { maxKeys: 2 }) },
      { requiredKeys: ["ids", "status"] },
    ),
    "POST /types/:typeId/check": fc.record(
      {
        module: fc.constantFrom("apps/greeters", "x"),
        name: fc.constantFrom("alice", "bob"),
        itemId: id,
        config: fc.jsonValue(),
      },
      { requiredKeys: ["module", "name"] },
    ),
    "POST /types/:typeId/explain": fc.record({ args: fc.array(fc.jsonValue(), { maxLength: 3 }) }),
  };
}

const queriesWith = (id: fc.Arbitrary<string>, entry: fc.Arbitrary<string>) =>
  fc.oneof(
    filters,
    fc.dictionary(
      fc.constantFrom("entity", "type", "actor", "source", "since", "until", "before", "limit"),
      fc.oneof(id, entry, fc.constantFrom("admin", "2024-01-01T00:00:00Z", "3", "\0")),
      { maxKeys: 3 },
    ),
  );

function pathOf(
  template: string,
  parts: { readonly place: string; readonly entry: string; readonly query: Readonly<Record<string, string>> },
): string {
  const encode = (value: string) => encodeURIComponent(value.toWellFormed());
  const path = template.replace(":entryId", encode(parts.entry)).replace(/:\w+/, encode(parts.place));
  const query = Object.entries(parts.query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

/** Every row that differs between two looks has an entry of the panel's, and nothing else has one. */
function expectAudited(before: Rows, after: Rows, entries: readonly AuditEntry[]): void {
  const rowsOf = ({ items, types }: Rows) =>
    new Map([...items, ...types].map((row) => [row.id, JSON.stringify(row)]));
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
  const fresh = entries.filter(({ revision }) => revision > before.revision);
  expect(new Set(fresh.map(({ entityId }) => entityId))).toEqual(new Set(changed));
  expect(fresh.every(({ actor, source }) => actor === "olga" && source === "admin")).toBe(true);
  expect(after.revision).toBe(changed.length > 0 ? before.revision + 1 : before.revision);
}

onEveryDatabase((home) => {
  test.each(endpoints.filter(({ path }) => path !== "/events"))(
    "$method $path takes anything: without a failure of the server, and with every change in the history",
    async (route) => {
      const plugbay = await home.open(sampled, { keys });
      await prepareSamples(plugbay);
      const store = await home.store();
      const panel = new Panel(plugbay);
      const requests = requestsOf(route, plugbay);
      let before = await store.readAll();
      const first = before.revision;
      const request = async ({ path, rawBody }: FuzzedRequest): Promise<void> => {
        const options = route.method === "GET" ? {} : { rawBody };
        const { status } = await panel.fetch(route.method, `/admin/api${path}`, options);
        expect(status).toBeLessThan(500);
        const after = await store.readAll();
        expectAudited(before, after, await plugbay.control.history({ limit: 20 }));
        before = after;
      };
      if (route.writes) {
        const { path, body, changesNothing } = sampleOf(route, plugbay);
        await request({ path: `/${path}`, rawBody: JSON.stringify(body ?? {}) });
        expect(before.revision).toBe(changesNothing ? first : first + 1);
      }
      await fc.assert(fc.asyncProperty(requests, request), { numRuns: runs });
      if (!route.writes) expect(before.revision).toBe(first);
    },
    120_000,
  );
});

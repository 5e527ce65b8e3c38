import { expect, test } from "vitest";
import { compilerMessages } from "./compiler-messages.ts";

/** What is wrong, what the compiler says of it, and the program that it is in. */
type Programs = Readonly<Record<string, readonly [says: RegExp, program: string]>>;

const onTheServer: Programs = {
  "an answer with a field of another type": [
    /'string' is not assignable to type 'number'/,
    "handler(contract.changeItems, async () => ({ changed: '1', revision: 2 }));",
  ],
  "an answer without a field": [
    /Property 'revision' is missing/,
    "handler(contract.changeItems, async () => ({ changed: 1 }));",
  ],
  "a field of the body that there is not": [
    /Property 'versions' does not exist/,
    "handler(contract.changeItem, async ({ body }) => { body.versions; throw new Error(); });",
  ],
  "a parameter of another address": [
    /Property 'typeId' does not exist/,
    "handler(contract.getItem, async ({ params }) => { params.typeId; throw new Error(); });",
  ],
  "a handler of another endpoint's answer": [
    /not assignable/,
    "handler(contract.listTypes, async () => ({ plugins: [] }));",
  ],
  "a correct handler": [/^$/, "handler(contract.changeItems, async () => ({ changed: 1, revision: 2 }));"],
};

const inThePanel: Programs = {
  "an address that there is not": [/not assignable/, "request('GET /item');"],
  "a body with a field of another type": [
    /'string' is not assignable to type 'number'/,
    "request('PATCH /items/:itemId', { params: { itemId: '' }, body: { version: '1' } });",
  ],
  "a body with a word that there is not": [
    /'"destroy"' is not assignable/,
    "request('POST /items/bulk', { body: { action: 'destroy', ids: [] } });",
  ],
  "a request without its body": [/Property 'body' is missing/, "request('POST /items/purge', {});"],
  "a request without its parameter": [/Expected 2 arguments/, "request('GET /items/:itemId');"],
  "a query parameter that there is not": [
    /'size' does not exist/,
    "request('GET /items', { query: { size: 5 } });",
  ],
  "a field of the answer that there is not": [
    /Property 'labels' does not exist/,
    "(await request('GET /items/:itemId', { params: { itemId: '' } })).labels;",
  ],
  "a correct request": [/^$/, "(await request('GET /items', { query: { page: 2 } })).items[0]?.label;"],
};

function expectSaid(programs: Programs, preamble: string, place: { folder: string; project: string }): void {
  const said = compilerMessages(
    Object.fromEntries(
      Object.entries(programs).map(([title, [, text]]) => [title, `${preamble}\n${text}\nexport {};`]),
    ),
    place,
  );
  for (const [title, [says]] of Object.entries(programs)) expect(said[title], title).toMatch(says);
}

test("what the server answers otherwise than the contract says, the compiler refuses", () => {
  const preamble = `
    import { contract } from "../contract/contract.ts";
    import { handler } from "./handler.ts";`;
  expectSaid(onTheServer, preamble, { folder: "src/admin/handlers", project: "." });
});

test("what the panel asks otherwise than the contract says, the compiler refuses", () => {
  const preamble = 'import { request } from "./client.ts";';
  expectSaid(inThePanel, preamble, { folder: "ui/src/api", project: "ui" });
});

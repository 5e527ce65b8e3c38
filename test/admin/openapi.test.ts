import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { endpoints } from "../../src/admin/contract/contract.ts";
import { describeApi } from "../../src/admin/openapi.ts";
import { checkOptions } from "../../src/admin/settings.ts";
import { type Schema, Validator } from "../../src/vendor/json-schema.ts";
import { AnswerCheck } from "./answer-check.ts";
import { everything } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

const settings = checkOptions({ basePath: "/admin" });

interface Description {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters: readonly Parameter[] }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

onSqlite((home) => {
  test("the API describes itself", async () => {
    const panel = new Panel(await home.open(everything));
    const description = await panel.ask<Description>("GET", "openapi.json");
    expect(description).toEqual(JSON.parse(JSON.stringify(describeApi(settings))));
    expect(description.openapi).toBe("3.1.0");
    expect(description.servers).toEqual([{ url: "/admin/api" }]);
  });
});

describe("the description", () => {
  const description = describeApi(settings) as Description;

  test("has every route, and no other", () => {
    const described = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(
      endpoints.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/, "{$1}")}`).sort(),
    );
  });

  test("has every parameter of a path, as a required one", () => {
    for (const [path, operations] of Object.entries(description.paths)) {
      const names = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(operations)) {
        const given = parameters.filter((parameter) => parameter.in === "path" && parameter.required);
        expect(given.map(({ name }) => name)).toEqual(names);
      }
    }
  });

  test("refers to nothing that is not there", () => {
    const text = JSON.stringify(description);
    const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? "");
    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((name) => !Object.hasOwn(description.components.schemas, name))).toEqual([]);
    expect(text.match(/"\$ref"/g)).toHaveLength(refs.length);
  });

  test("has no schema without a use", () => {
    const text = JSON.stringify(description);
    const unused = Object.keys(description.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  test("says of every object that it has no other fields, so that an answer cannot say more", () => {
    const { components } = description;
    const validator = new Validator({ $ref: "#/components/schemas/Changed", components }, "2020-12");
    expect(validator.validate({ changed: 1, revision: 2 }).valid).toBe(true);
    expect(validator.validate({ changed: 1, revision: 2, password: "x" }).valid).toBe(false);
  });
});

test("docs/api.md lists the endpoints as the contract has them", async () => {
  const page = await readFile(new URL("../../docs/api.md", import.meta.url), "utf8");
  const rows = page.match(/^\| (GET|PATCH|POST|PUT) \|.*$/gm);
  expect(rows).toEqual(
    endpoints.map(({ method, path, writes, summary }) => {
      const place = path.replace(/:(\w+)/g, "{$1}");
      return `| ${method} | \`${place}\` | ${writes ? "write" : "read"} | ${summary} |`;
    }),
  );
});

describe("the check of answers in these tests", () => {
  const check = new AnswerCheck(describeApi(settings));
  const json = "application/json";

  test.each<[string, () => void]>([
    [
      "an answer with another field",
      () => check.check("PATCH", "/items", 200, json, { changed: 1, revision: 1, x: 1 }),
    ],
    ["an answer without a field", () => check.check("PATCH", "/items", 200, json, { changed: 1 })],
    ["a wrong field deep inside", () => check.check("GET", "/types", 200, json, { types: [{}] })],
    ["a problem that is none", () => check.check("GET", "/types", 404, "application/problem+json", {})],
    ["a problem of another media type", () => check.check("GET", "/types", 404, json, {})],
    ["an answer of a route that is not described", () => check.check("GET", "/secret", 200, json, {})],
  ])("finds %s", (_, run) => {
    expect(run).toThrow(/answered/);
  });

  test("lets a right answer pass", () => {
    check.check("PATCH", "/items", 200, json, { changed: 1, revision: 1 });
  });
});

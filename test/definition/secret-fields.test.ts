import type { StandardSchemaV1 } from "@standard-schema/spec";
import { InvalidDefinitionError, type Plugin } from "plugbay";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { markedSecrets } from "../../src/definition/marked-secrets.ts";
import { senderPlugin } from "./otp.ts";
import { schema } from "./schema.ts";

interface Options {
  readonly config?: StandardSchemaV1;
  readonly secrets?: readonly unknown[];
  readonly addresses?: readonly unknown[];
}

const define = (options: Options): Plugin => senderPlugin("sms", { module: "apps/sms", ...options } as never);

const secret = { type: "string", "x-plugbay-secret": true };
const marked = (json: object) => define({ config: schema(json) }).secrets;
const under = (token: object) => ({ properties: { token } });

describe("a field is a secret that the schema marks", () => {
  test.each([
    ["by x-plugbay-secret", secret],
    ["as write-only", { writeOnly: true }],
    ["as a password", { format: "password" }],
    ["in all of several schemas", { allOf: [{ type: "string" }, secret] }],
    ["in any of several schemas", { anyOf: [{ type: "null" }, secret] }],
    ["in one of several schemas", { oneOf: [secret] }],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    ["under a condition", { if: { type: "string" }, then: secret }],
    ["where a condition is not met", { else: secret }],
    ["in the condition", { if: secret }],
    ["as what it must not be", { not: secret }],
  ])("%s", (_, field) => {
    expect(marked(under(field))).toEqual(["token"]);
  });

  test("in an object in an object", () => {
    expect(marked({ properties: { smtp: under(secret), url: { type: "string" } } })).toEqual(["smtp.token"]);
  });

  test("beside parts that are no schemas", () => {
    expect(marked({ properties: { url: null, token: secret, on: true }, items: null })).toEqual(["token"]);
  });

  test("where another field is given", () => {
    expect(marked({ dependentSchemas: { user: under(secret) } })).toEqual(["token"]);
  });

  test("by a reference to a definition, whatever its name", () => {
    const $defs = { "a/b~c d": secret, text: { type: "string" } };
    expect(marked({ $defs, ...under({ $ref: "#/$defs/a~1b~0c%20d" }) })).toEqual(["token"]);
    expect(marked({ $defs, ...under({ $ref: "#/$defs/text" }) })).toEqual([]);
    expect(marked({ $defs, ...under({ $ref: "#/$defs/none/deeper" }) })).toEqual([]);
  });

  test.each(["100%", "a%20b"])(
    "by a reference to a definition whose name was not made a part of a URI: %s",
    (id) => {
      const token = z.string().meta({ id, writeOnly: true });
      expect(define({ config: z.object({ token, other: token }) }).secrets).toEqual(["token", "other"]);
      expect(marked({ $defs: { [id]: secret }, ...under({ $ref: `#/$defs/${id}` }) })).toEqual(["token"]);
      expect(marked({ $defs: {}, ...under({ $ref: `#/$defs/${id}` }) })).toEqual([]);
    },
  );

  test("not by a reference into another document, or to a name that a part gave itself", () => {
    const $defs = { secret, other: { $anchor: "other" } };
    const by = ($ref: string) => marked({ $defs, properties: { token: { $ref }, key: secret } });
    expect(by("https://example.com/a#/$defs/secret")).toEqual(["key"]);
    expect(by("other/$defs/secret")).toEqual(["key"]);
    expect(by("#other")).toEqual(["key"]);
  });

  test("where JSON Schema has no words for another field", () => {
    const config = z.object({ token: z.string().meta({ writeOnly: true }), since: z.date() });
    expect(define({ config }).secrets).toEqual(["token"]);
    const strict = ({
      libraryOptions,
    }: {
      readonly libraryOptions?: { readonly unrepresentable?: string };
    }) => {
      if (libraryOptions?.unrepresentable !== "any") throw new Error("a date cannot be represented");
      return under(secret);
    };
    expect(marked(strict)).toEqual(["token"]);
  });

  test("as the schema has it for either draft of JSON Schema", () => {
    const older = ({ target }: { readonly target: string }) => {
      if (target !== "draft-07") throw new Error(`no ${target}`);
      return under(secret);
    };
    expect(define({ config: schema(older) }).secrets).toEqual(["token"]);
    const both = ({ target }: { readonly target: string }) =>
      target === "draft-2020-12" ? under(secret) : {};
    expect(define({ config: schema(both) }).secrets).toEqual(["token"]);
  });

  test.each([
    ["no JSON Schema", undefined],
    ["one that is no object", () => null],
    ["one that is a list", () => [under(secret)]],
    [
      "one that it cannot make",
      () => {
        throw new Error("no");
      },
    ],
    ["no marks", under({ type: "string", writeOnly: false, format: "email", "x-plugbay-secret": false })],
  ])("and none is where it has %s", (_, json) => {
    expect(define({ config: schema(json as object) }).secrets).toEqual([]);
  });
});

describe("a secret that keys alone do not lead to is refused:", () => {
  test.each([
    ["the config itself", secret, ""],
    ["one in a list", under({ items: secret }), "token.*"],
    ["one in a list of fixed length", under({ prefixItems: [secret] }), "token.*"],
    ["one that a list contains", under({ contains: secret }), "token.*"],
    ["one in a record", under({ additionalProperties: secret }), "token.*"],
    ["one in a record of some keys", under({ patternProperties: { "^x": secret } }), "token.*"],
    ["one in a record of other keys", under({ unevaluatedProperties: secret }), "token.*"],
    ["one below a list", under({ items: under(secret) }), "token.*.token"],
    ["one under a key with a dot", { properties: { "a.b": secret } }, "a.b"],
    ["one below a key with a dot", { properties: { "a.b": under(secret) } }, "a.b.token"],
    [
      "one whose key with a dot names another",
      { properties: { "a.b": secret, a: { properties: { b: secret } } } },
      "a.b",
    ],
    ["one under an empty key", { properties: { "": secret } }, ""],
    ["one that is also at a place with a name", { ...under(secret), items: under(secret) }, "*.token"],
    [
      "one in a list of the like",
      { ...under(secret), properties: { token: secret, more: { items: { $ref: "#" } } } },
      "more.*.token",
    ],
  ])("%s", (_, json, field) => {
    expect(() => marked(json)).toThrow(InvalidDefinitionError);
    expect(() => marked(json)).toThrow(`marks "${field}" as a secret`);
  });

  test("one of a schema that contains itself", () => {
    const node = { properties: { next: { $ref: "#/$defs/node" }, token: secret } };
    expect(() => marked({ $defs: { node }, $ref: "#/$defs/node" })).toThrow(
      /marks "next\.(next\.)?token" as a secret/,
    );
    const plain = { properties: { next: { $ref: "#/$defs/node" } } };
    expect(marked({ $defs: { node: plain }, $ref: "#/$defs/node", ...under(secret) })).toEqual(["token"]);
  });
});

test("a schema says of each mark whether it is at a field", () => {
  const json = { ...under(secret), additionalProperties: secret };
  expect(markedSecrets(schema(json))).toEqual([
    { kind: "field", field: "token" },
    { kind: "misplaced", field: "*" },
  ]);
});

describe("the secrets that a plugin lists", () => {
  const config = schema();

  test("are added to those that are marked, each once, and frozen", () => {
    const { secrets } = define({ config: schema(under(secret)), secrets: ["smtp.password", "token"] });
    expect(secrets).toEqual(["smtp.password", "token"]);
    expect(secrets).toSatisfy(Object.isFrozen);
    expect(define({}).secrets).toEqual([]);
  });

  test.each([[""], ["smtp."], [".token"], ["a..b"], [3]])("are refused with the field %j", (field) => {
    const message = `has ${JSON.stringify(field)} in "secrets"; write "token" or "smtp.password"`;
    expect(() => define({ config, secrets: ["fine", field] })).toThrow(message);
  });

  test("are refused without a schema, and where one is inside another", () => {
    expect(() => define({ secrets: ["token"] })).toThrow('has "secrets", but no "config" schema');
    expect(define({ secrets: [] }).secrets).toEqual([]);
    expect(() => define({ config, secrets: ["smtp.password", "smtp"] })).toThrow(
      'has the secret "smtp", and another one inside it; a secret is a text',
    );
    expect(define({ config, secrets: ["smtp", "smtps"] }).secrets).toEqual(["smtp", "smtps"]);
  });
});

describe("the addresses that a plugin lists", () => {
  const config = schema();

  test("are kept, frozen", () => {
    const { addresses } = define({ config, addresses: ["url", "smtp.host"] });
    expect(addresses).toEqual(["url", "smtp.host"]);
    expect(addresses).toSatisfy(Object.isFrozen);
    expect(define({ config }).addresses).toBeUndefined();
    expect(define({}).addresses).toBeUndefined();
  });

  test.each([[""], ["smtp."], [3]])("are refused with the field %j", (field) => {
    const message = `has ${JSON.stringify(field)} in "addresses"; write "url" or "smtp.host"`;
    expect(() => define({ config, addresses: [field] })).toThrow(message);
  });

  test("are refused without a schema", () => {
    expect(() => define({ addresses: ["url"] })).toThrow('has "addresses", but no "config" schema');
  });
});

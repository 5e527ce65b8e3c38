import type { Plugin } from "plugbay";
import { describe, expect, test } from "vitest";
import { acceptsEmptyConfig } from "../../src/definition/accepts-empty-config.ts";
import { bringForward } from "../../src/definition/bring-forward.ts";
import { checkConfig, type SchemaWait } from "../../src/definition/check-config.ts";
import { senderPlugin } from "./otp.ts";
import { schema } from "./schema.ts";

const refusing = (issues: readonly unknown[]) => schema(undefined, () => ({ issues }) as never);

describe("a config is", () => {
  test("what its schema made of it, at once", () => {
    const upper = schema(undefined, (value) => ({ value: String(value).toUpperCase() }));
    expect(checkConfig(upper, "a")).toEqual({ kind: "valid", value: "A" });
    expect(
      checkConfig(
        schema(undefined, () => ({}) as never),
        "a",
      ),
    ).toEqual({ kind: "valid" });
  });

  test("what its schema made of it later, where it takes its time", async () => {
    const later = checkConfig(
      schema(undefined, async (value) => ({ value })),
      3,
    );
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toEqual({ kind: "valid", value: 3 });
  });

  test("invalid with the issues of the schema, as far as they can be read", () => {
    const issues = [
      { message: "is missing", path: ["smtp", { key: "port" }, 0, { key: 1 }] },
      { message: "is odd" },
      { message: 3, path: [Symbol("key"), {}, null] },
      { path: "smtp" },
      null,
    ];
    expect(checkConfig(refusing(issues), {})).toEqual({
      kind: "invalid",
      issues: [
        { path: ["smtp", "port", 0, 1], message: "is missing" },
        { path: [], message: "is odd" },
        { path: ["Symbol(key)", "?", "?"], message: "is refused, without a reason" },
        { path: [], message: "is refused, without a reason" },
        { path: [], message: "is refused, without a reason" },
      ],
    });
  });

  test("invalid with 100,000 issues at most, and how many more there are", () => {
    const issues = new Array<object>(100_000).fill({ message: "no" });
    const most = checkConfig(refusing(issues), {});
    expect(most).toSatisfy(({ issues }) => issues.length === 100_000 && issues.at(-1).message === "no");
    const more = checkConfig(refusing([...issues, {}, {}]), {});
    expect(more).toSatisfy(({ issues }) => issues.length === 100_001);
    expect(more).toHaveProperty(["issues", 100_000], { path: [], message: "and 2 more issues" });
  });

  test("told with what its schema threw, at once or later", async () => {
    const error = new Error("broken");
    const thrown = { kind: "threw", error };
    const throws = schema(undefined, () => {
      throw error;
    });
    expect(checkConfig(throws, {})).toEqual(thrown);
    expect(
      await checkConfig(
        schema(undefined, () => Promise.reject(error)),
        {},
      ),
    ).toEqual(thrown);
  });
});

const define = (options: object): Plugin => senderPlugin("sms", { module: "apps/sms", ...options } as never);

describe("whether a plugin works without a config", () => {
  const wait: SchemaWait = (_, answer) => answer;

  test("is what its schema says of {}, asked once", async () => {
    let asked = 0;
    const answering = (isAsync: boolean, issues?: readonly object[]) => {
      const result = (issues ? { issues } : { value: {} }) as never;
      return schema(undefined, (config) => {
        expect(config).toEqual({});
        asked += 1;
        return isAsync ? Promise.resolve(result) : result;
      });
    };
    for (const isAsync of [false, true]) {
      for (const issues of [undefined, [{ message: "is missing" }]]) {
        const plugin = define({ config: answering(isAsync, issues) });
        const first = acceptsEmptyConfig(plugin, wait);
        expect(first instanceof Promise).toBe(isAsync);
        expect(await first).toBe(issues === undefined);
        expect(await acceptsEmptyConfig(plugin, wait)).toBe(issues === undefined);
      }
    }
    expect(asked).toBe(4);
    expect(acceptsEmptyConfig(define({}), wait)).toBe(true);
  });

  test("is asked again where the answer was not waited for", async () => {
    const plugin = define({ config: schema(undefined, async (value) => ({ value })) });
    await expect(acceptsEmptyConfig(plugin, () => Promise.reject(new Error("late")))).rejects.toThrow("late");
    expect(await acceptsEmptyConfig(plugin, wait)).toBe(true);
  });
});

describe("a config of another version", () => {
  const plugin = define({
    config: schema(),
    version: 3,
    migrateConfig: (config: object, version: number) => ({ ...config, from: version }),
  });

  test("is brought forward from an older one, and of today's stays as it is", () => {
    expect(bringForward(plugin, { a: 1 }, 2)).toEqual({ a: 1, from: 2 });
    expect(bringForward(plugin, { a: 1 }, 3)).toEqual({ a: 1 });
  });

  test("is refused where it is newer", () => {
    expect(() => bringForward(plugin, {}, 4)).toThrow(
      "it is of version 4, and this code knows versions up to 3",
    );
  });
});

describe("the version of a plugin", () => {
  const migrateConfig = (config: object) => config;

  test.each([[0], [-1], [1.5], [2_147_483_648], ["2"], [Number.NaN]])("is not %j", (version) => {
    const message = `has the version ${String(version)}; it is an integer from 1`;
    expect(() => define({ config: schema(), version, migrateConfig })).toThrow(message);
  });

  test("is an integer from 1, and from 2 on goes with a function that brings configs forward", () => {
    expect(define({ version: 1 }).configVersion).toBe(1);
    expect(define({ config: schema(), version: 2_147_483_647, migrateConfig }).configVersion).toBe(
      2_147_483_647,
    );
    expect(() => define({ config: schema(), version: 2 })).toThrow(
      'has the version 2, but no "migrateConfig" function',
    );
    expect(() => define({ migrateConfig })).toThrow('has "migrateConfig", but no "config" schema');
  });
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasDecorators } from "../../src/cli/loading/decorators.ts";
import { configThat, makeApplication } from "./application.ts";
import { runCli } from "./run-cli.ts";

const config = configThat(
  'import { seen } from "./src/service";\n process.stderr.write(JSON.stringify(seen));',
);

/** As Nest has them: of classes, properties, methods and parameters, with the types that they are declared with. */
const legacy = `
  import "reflect-metadata";
  export class Gateway {}
  export const seen: unknown[] = [];
  const types = (key: string, target: object, name?: string | symbol) => {
    const found = name === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, name);
    return [found].flat().map((type) => type.name);
  };
  const Inject = (token: string): ParameterDecorator => (_, method, index) => {
    seen.push([token, String(method), index]);
  };
  const Column: PropertyDecorator = (target, name) => {
    seen.push([String(name), types("design:type", target, name)]);
  };
  const Get: MethodDecorator = (target, name) => {
    seen.push([String(name), types("design:paramtypes", target, name)]);
  };
  const Injectable = (): ClassDecorator => (target) => {
    seen.push([target.name, types("design:paramtypes", target)]);
  };
  @Injectable()
  export class Service {
    @Column title!: string;
    constructor(@Inject("gateway") private readonly gateway: Gateway, readonly retries: number) {}
    @Get send(@Inject("text") text: string): boolean {
      return this.gateway instanceof Gateway && text !== "";
    }
  }
  const service = new Service(new Gateway(), 3);
  seen.push([service.send("hello"), service.retries]);`;

const seenOfLegacy = [
  ["title", ["String"]],
  ["text", "send", 0],
  ["send", ["String"]],
  ["gateway", "undefined", 0],
  ["Service", ["Gateway", "Number"]],
  [true, 3],
];

const standard = `
  export const seen: unknown[] = [];
  function named(target: unknown, context: { kind: string; name?: string | symbol }): any {
    seen.push([context.kind, String(context.name)]);
  }
  function twice(_: undefined, context: ClassFieldDecoratorContext) {
    return (value: number) => value * 2;
  }
  function counted<T extends (...args: any[]) => unknown>(method: T, context: ClassMethodDecoratorContext) {
    context.addInitializer(function () { seen.push("made"); });
    return function (this: unknown, ...args: unknown[]) { return ["counted", method.apply(this, args)]; };
  }
  export @named class Service {
    @twice retries = 2;
    @named accessor #title = "none";
    @counted send(text: string) { return text + this.#title; }
  }
  const service = new Service();
  seen.push(service.retries, service.send("hello "));`;

const seenOfStandard = [["accessor", "#title"], ["class", "Service"], "made", 4, ["counted", "hello none"]];

const legacyOptions = { target: "es2023", experimentalDecorators: true, emitDecoratorMetadata: true };

async function seenBy(folder: string): Promise<unknown> {
  const { code, stderr } = await runCli(folder, "migrate");
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^\[/) });
  return JSON.parse(stderr);
}

describe("the decorators of an application's modules", () => {
  test.each([
    ["TypeScript's compiler", ["reflect-metadata", "typescript"]],
    ["a compiler without that API, and esbuild", ["reflect-metadata", "esbuild"]],
    ["no compiler", ["reflect-metadata"]],
  ])("are TypeScript's own where its tsconfig says so, with %s", async (_, packages) => {
    const folder = await makeApplication(
      {
        "plugbay.config.ts": config,
        "src/service.ts": legacy,
        // By way of another config, as a workspace has it.
        "tsconfig.json": { extends: "./tsconfig.base.json" },
        "tsconfig.base.json": { compilerOptions: legacyOptions },
      },
      packages,
    );
    expect(await seenBy(folder)).toEqual(seenOfLegacy);
  });

  test("are TypeScript's own on declared fields, too, which its compiler alone allows", async () => {
    const folder = await makeApplication(
      {
        "plugbay.config.ts": config,
        "src/service.ts": legacy.replace("@Column title!: string", "@Column declare title: string"),
        "tsconfig.json": { compilerOptions: legacyOptions },
      },
      ["reflect-metadata", "typescript"],
    );
    expect(await seenBy(folder)).toEqual(seenOfLegacy);
  });

  test.each([["typescript"], ["esbuild"], ["tsx"]])(
    "are the standard's otherwise, with %s",
    async (compiler) => {
      const folder = await makeApplication(
        {
          "plugbay.config.ts": config,
          "src/service.ts": standard,
          "tsconfig.json": { compilerOptions: { target: "esnext" } },
        },
        [compiler],
      );
      expect(await seenBy(folder)).toEqual(seenOfStandard);
      expect(await seenBy(folder)).toEqual(seenOfStandard);
    },
  );

  test("are the standard's without a tsconfig, and change with it", async () => {
    const either = `
      export const seen: unknown[] = [];
      const told = (...args: unknown[]): any => { seen.push(args.length, typeof args[1]); };
      export class Service { @told send() {} }`;
    const folder = await makeApplication({ "plugbay.config.ts": config, "src/service.ts": either }, [
      "typescript",
    ]);
    expect(await seenBy(folder)).toEqual([2, "object"]);
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: legacyOptions }));
    expect(await seenBy(folder)).toEqual([3, "string"]);
  });

  test("are allowed in the config itself, beside path aliases", async () => {
    const folder = await makeApplication(
      {
        "plugbay.config.ts": configThat(
          `import { told } from "@app/told";
           class Service { @told send() {} }
           process.stderr.write(JSON.stringify([typeof Service]));`,
        ),
        "src/told.ts": "export const told = (_: unknown, context: ClassMethodDecoratorContext) => undefined;",
        "tsconfig.json": { compilerOptions: { paths: { "@app/*": ["./src/*"] } } },
      },
      ["typescript"],
    );
    expect(await seenBy(folder)).toEqual(["function"]);
  });
});

test("what only looks like a decorator is none", () => {
  const texts = [
    "// @ts-expect-error\n/** @param text\n @deprecated */",
    'const address = "ada@example.com", alias = \'@app/mail\', glob = "src/**/*.ts";',
    "const text = `@class \\` @method`;",
  ];
  expect(texts.filter(hasDecorators)).toEqual([]);
  const decorated = ["@Injectable() class A {}", "class A { m(@Inject(B) b: B) {} }", "@(make()) class A {}"];
  expect(decorated.every((text) => hasDecorators(`${texts.join("\n")}\n${text}`))).toBe(true);
});

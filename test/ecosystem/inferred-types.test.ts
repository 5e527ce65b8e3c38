import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { Application } from "./harness/application.ts";

const manifest: { exports: Record<string, string | { default: string }> } = JSON.parse(
  await readFile(join(import.meta.dirname, "../../package.json"), "utf8"),
);
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === "string"
    ? []
    : [{ specifier: path.replace(".", "plugbay"), types: target.default.replace(/\.js$/, ".d.ts") }],
);
/** What a user gets from a function and then uses further. */
const used = ["Plugbay", "Control", "Registry", "Admin"];

/** What tsc --init of TypeScript 5.9 to 7 writes. */
const written = {
  module: "nodenext",
  target: "esnext",
  types: [],
  sourceMap: true,
  declaration: true,
  declarationMap: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  strict: true,
  jsx: "react-jsx",
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  moduleDetection: "force",
  skipLibCheck: true,
};

const definitions = `
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { z } from "zod";
interface Sender { send(text: string): Promise<void> }
export const sender = definePluginType<Sender>({ name: "sender", manager: "app", methods: { send: "required" } });
export const byLabel = sender.withSelector(({ active }, label: string) => active.find((item) => item.label === label));
export const mail = definePlugin(sender, {
  name: "mail",
  module: "app",
  config: z.strictObject({ token: z.string() }),
  secrets: ["token"],
  create: ({ config }) => ({ send: async (text) => console.log(text, config.token) }),
});
export const open = () => openPlugbay({ database: sqlite(":memory:"), plugins: [sender, mail] });
export const use = async () => {
  const plugbay = await open();
  return {
    plugbay,
    one: plugbay.get(byLabel, "eu"),
    all: plugbay.getAll(sender),
    explained: plugbay.explain(sender),
    page: await plugbay.control.list(),
    ended: plugbay.on("change", () => undefined),
  };
};
`;

describe("a user's module that exports what plugbay's functions give, under declaration: true", () => {
  it.each(["5.9", "6.0", "7.0"])("needs no annotations in TypeScript %s", async (version) => {
    await using app = await Application.make({
      manifest: { type: "module" },
      dependencies: { typescript: `~${version}.0`, "@types/node": "^20", zod: "^4.0.0" },
      files: {
        "tsconfig.json": JSON.stringify({
          compilerOptions: { ...written, outDir: "out" },
          include: ["*.ts"],
        }),
        "definitions.ts": definitions,
      },
    });
    await app.write(inferringModules(app.folder));
    expect(await app.run("tsc")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(join(app.folder, "out/plugbay-express.d.ts"))).toBe(true);
  });
});

/** A module for each entry point, which imports no other one. */
function inferringModules(folder: string): Record<string, string> {
  const typesOf = (path: string) => join(folder, "node_modules/plugbay", path);
  const program = ts.createProgram(
    entries.map(({ types }) => typesOf(types)),
    { module: ts.ModuleKind.NodeNext, skipLibCheck: true, types: [] },
  );
  const checker = program.getTypeChecker();
  return Object.fromEntries(
    entries.map(({ specifier, types }) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(typesOf(types)) as ts.Node);
      if (module === undefined) throw new Error(`${specifier} has no types.`);
      const lines = checker
        .getExportsOfModule(module)
        .flatMap((symbol) => inferringLines(specifier, symbol, checker));
      return [`${specifier.replace("/", "-")}.ts`, lines.join("\n")];
    }),
  );
}

function inferringLines(specifier: string, symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  const { name } = symbol;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const argument = "undefined as never";
  if (used.includes(name)) {
    const properties = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target));
    return [
      `import type { ${name} } from "${specifier}";`,
      ...properties
        .filter((property) => /^\w+$/.test(property.name) && isPublic(property))
        .map(
          (property) => `export const ${name}_${property.name} = (${argument} as ${name}).${property.name};`,
        ),
    ];
  }
  const type = checker.getTypeOfSymbol(target);
  const [call] = type.getCallSignatures();
  if (call === undefined) return [];
  const given = call.getParameters().map(() => argument);
  return [
    `import { ${name} } from "${specifier}";`,
    `export const ${name}_result = ${name}(${given.join(", ")});`,
  ];
}

const isPublic = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.every(
    (declaration) =>
      (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.NonPublicAccessibilityModifier) === 0,
  );

import type { Declaration } from "./declaration.ts";
import { type MethodStyle, methodText } from "./method-text.ts";
import type { CodeNames } from "./names.ts";

/** What is known of a plugin that is still to be written. */
export interface NewPlugin extends MethodStyle {
  readonly name: string;
  readonly module: string;
  readonly codeNames: CodeNames;
  readonly type: Declaration;
  /** The path, or the package, that the type is imported from. */
  readonly typeFrom: string;
  /** The methods that it has to have. */
  readonly methods: readonly string[];
}

/** The file of a plugin, as a template of `written`: a class, or a function where its type has no name. */
export function pluginText(plugin: NewPlugin): string {
  const { name, module, codeNames, type, typeFrom, isTyped } = plugin;
  const isClass = !isTyped || type.contract !== undefined;
  return `import { definePlugin } from "plugbay";
import { ${importedNames(type)} } from ${JSON.stringify(typeFrom)};
${isClass ? `\n${classText(plugin)}\n` : ""}
export const ${codeNames.token} = definePlugin(${type.token}, {
  name: ${JSON.stringify(name)},
  module: ${JSON.stringify(module)},
  description: "",
  ${isClass ? `class: ${codeNames.class}` : createText(plugin)},
});
`;
}

function importedNames({ token, contract }: Declaration): string {
  if (contract === undefined) return token;
  return contract.kind === "class" ? `${token}, ${contract.name}` : `${token}⟨, type ${contract.name}⟩`;
}

function classText({ codeNames, type: { contract }, methods, ...style }: NewPlugin): string {
  const bodies = methods.map((method) => indented(methodText(method, contract, style), "  "));
  return `class ${codeNames.class}${heritage(contract)} {\n${bodies.join("\n\n")}\n}`;
}

function heritage(contract: Declaration["contract"]): string {
  if (contract === undefined) return "";
  return contract.kind === "class" ? ` extends ${contract.name}` : `⟨ implements ${contract.name}⟩`;
}

function createText({ methods, ...style }: NewPlugin): string {
  const bodies = methods.map((method) => `${indented(methodText(method, undefined, style), "    ")},`);
  return `create: () => ({\n${bodies.join("\n")}\n  })`;
}

const indented = (lines: readonly string[], indent: string): string =>
  lines.map((line) => `${indent}${line}`).join("\n");

/** The plugin's tests. */
export const pluginTests = ({
  file,
  token,
}: CodeNames): string => `import { describePlugin } from "plugbay/testing";
import { ${token} } from "./${file}.js";

describePlugin(${token}, {
  cases: {
    // What it has to do, by name: each case gets an instance of its own, and fails by what it throws.
  },
});
`;

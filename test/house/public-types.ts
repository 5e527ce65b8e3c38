import { dirname, join } from "node:path";
import ts from "typescript";
import type { Entry } from "./entries.ts";
import { source } from "./source-files.ts";

/** What stands under a name in a file: declarations of its own, or another file's, or another package's. */
type Named =
  | { readonly kind: "own"; readonly statements: readonly ts.Statement[] }
  | { readonly kind: "other"; readonly file: string; readonly name: string };

interface Declarations {
  readonly file: string;
  readonly names: ReadonlyMap<string, Named>;
  /** By the name that others import: the name in this file, or another file's. */
  readonly exports: ReadonlyMap<string, Named | string>;
}

/** The declarations of a file of src, which are made when they are asked for; undefined for another package. */
type Files = (file: string) => Declarations | undefined;

/** A name where it is declared. */
interface Found {
  readonly file: Declarations;
  readonly name: string;
  readonly statements: readonly ts.Statement[];
}

/**
 * The declarations of all that each entry exports, without comments, as the build declares them; then those that its
 * types are made of, and that no entry exports. What an entry before it has is not said again.
 */
export function publicTypes(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const files = declare(entries.map(({ file }) => file));
  const exported = entries.map(({ entry, file }) => ({ entry, names: exportsOf(files, file) }));
  const told = new Set(exported.flatMap(({ names }) => [...names.values()].map(keyOf)));
  return new Map(
    exported.map(({ entry, names }) => {
      const lines = [...names].map(([name, found]) => show(found, name));
      const queue = [...names.values()];
      const within: Found[] = [];
      for (let found = queue.pop(); found !== undefined; found = queue.pop()) {
        const reached = usedBy(files, found).filter((one) => !told.has(keyOf(one)));
        for (const one of reached) told.add(keyOf(one));
        within.push(...reached);
        queue.push(...reached);
      }
      within.sort((one, other) => compare(keyOf(one), keyOf(other)));
      const inside = within.map((one) => show(one, one.name));
      return [entry, page(entry, lines, inside)];
    }),
  );
}

const page = (entry: string, lines: readonly string[], inside: readonly string[]): string => {
  const blocks = [`# ${entry.replace(".", "plugbay")}`, fence(lines)];
  if (inside.length > 0) blocks.push("## What these are made of, and is not exported", fence(inside));
  return `${blocks.join("\n\n")}\n`;
};

const fence = (lines: readonly string[]): string => `\`\`\`ts\n${lines.join("\n\n")}\n\`\`\``;

const keyOf = ({ name, file }: Found): string => `${name} ${file.file}`;

const compare = (one: string, other: string): number => (one < other ? -1 : 1);

function show({ name, statements }: Found, exportedAs: string): string {
  const texts = statements.map((statement) => open(statement).replace(/^export (default )?/, ""));
  const alias = name === exportedAs ? [] : [`// ${name}, exported as ${exportedAs}`];
  return [...alias, ...texts].join("\n");
}

/** A class without what is private in it: the build leaves that out too. */
function open(statement: ts.Statement): string {
  const text = statement.getText();
  if (!ts.isClassDeclaration(statement)) return text;
  const start = statement.getStart();
  return statement.members
    .filter(
      (member) =>
        (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
        ts.getCombinedModifierFlags(member) & ts.ModifierFlags.NonPublicAccessibilityModifier,
    )
    .reduceRight((rest, { pos, end }) => rest.slice(0, pos - start) + rest.slice(end - start), text);
}

/** Looks up the declarations of a file that these files of src import, or that is one of them. */
function declare(entries: readonly string[]): Files {
  const options: ts.CompilerOptions = {
    allowImportingTsExtensions: true,
    declaration: true,
    emitDeclarationOnly: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    noCheck: true,
    outDir: source,
    removeComments: true,
    rootDir: source,
    skipLibCheck: true,
    strict: true,
    stripInternal: true,
    target: ts.ScriptTarget.ES2023,
  };
  const program = ts.createProgram(
    entries.map((entry) => join(source, entry)),
    options,
  );
  const read = new Map<string, Declarations | undefined>();
  return (file) => {
    if (!read.has(file)) read.set(file, declarationsOf(program, file));
    return read.get(file);
  };
}

function declarationsOf(program: ts.Program, file: string): Declarations | undefined {
  let declarations: Declarations | undefined;
  const emitted = program.getSourceFile(join(source, file));
  if (emitted !== undefined)
    program.emit(emitted, (_path, text) => {
      declarations = parse(file, text);
    });
  return declarations;
}

function parse(file: string, code: string): Declarations {
  const text = ts.createSourceFile(file.replace(/\.ts$/, ".d.ts"), code, ts.ScriptTarget.Latest, true);
  const names = new Map<string, Named>();
  const exports = new Map<string, Named | string>();
  const own = (name: string, statement: ts.Statement): void => {
    const before = names.get(name);
    const statements = before?.kind === "own" ? before.statements : [];
    names.set(name, { kind: "own", statements: [...statements, statement] });
    if (ts.canHaveModifiers(statement) && isExported(statement)) exports.set(name, name);
  };
  for (const statement of text.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      const from = pathOf(file, statement.moduleSpecifier);
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const { name, propertyName } of bindings.elements)
        names.set(name.text, { kind: "other", file: from, name: (propertyName ?? name).text });
    } else if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause === undefined || !ts.isNamedExports(exportClause)) continue;
      for (const { name, propertyName } of exportClause.elements) {
        const inner = (propertyName ?? name).text;
        const other = moduleSpecifier && { file: pathOf(file, moduleSpecifier), name: inner };
        exports.set(name.text, other ? { kind: "other", ...other } : inner);
      }
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) own(name.getText(), statement);
    } else if (isDeclaration(statement) && statement.name !== undefined) {
      own(statement.name.text, statement);
    }
  }
  return { file, names, exports };
}

type Declaration =
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ClassDeclaration
  | ts.FunctionDeclaration;

const isDeclaration = (statement: ts.Statement): statement is Declaration =>
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isClassDeclaration(statement) ||
  ts.isFunctionDeclaration(statement);

const isExported = (statement: ts.HasModifiers): boolean =>
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** A file from src, or a package as it is written. */
function pathOf(file: string, specifier: ts.Node): string {
  const written = ts.isStringLiteral(specifier) ? specifier.text : specifier.getText().slice(1, -1);
  return written.startsWith(".") ? join(dirname(file), written) : written;
}

/** What a file exports, by name, in the order of the alphabet; other packages' names are left out. */
function exportsOf(files: Files, file: string): ReadonlyMap<string, Found> {
  const names = [...(files(file)?.exports.keys() ?? [])].sort(compare);
  if (names.length === 0) throw new Error(`${file} exports nothing`);
  return new Map(
    names.flatMap((name) => {
      const found = lookUp(files, file, name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

/** Where an exported name is declared; undefined in other packages. */
function lookUp(files: Files, path: string, name: string): Found | undefined {
  const file = files(path);
  if (file === undefined) return undefined;
  const target = file.exports.get(name);
  if (target === undefined) throw new Error(`${path} does not export ${name}`);
  return typeof target === "string" ? inFile(files, file, target) : follow(files, file, name, target);
}

function inFile(files: Files, file: Declarations, name: string): Found | undefined {
  const named = file.names.get(name);
  return named === undefined ? undefined : follow(files, file, name, named);
}

const follow = (files: Files, file: Declarations, name: string, named: Named): Found | undefined =>
  named.kind === "own" ? { file, name, statements: named.statements } : lookUp(files, named.file, named.name);

/** What the declarations of a name mention, and this package declares. */
function usedBy(files: Files, { file, statements }: Found): Found[] {
  const found = new Map<string, Found>();
  const add = (one: Found | undefined): void => {
    if (one !== undefined) found.set(keyOf(one), one);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && node.qualifier)
      add(lookUp(files, pathOf(file.file, node.argument.literal), node.qualifier.getText()));
    else if (ts.isIdentifier(node) && !isOwnName(node)) add(inFile(files, file, node.text));
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  return [...found.values()];
}

/** Whether it names its parent, such as a property or a parameter. */
const isOwnName = (node: ts.Identifier): boolean =>
  "name" in node.parent && node.parent.name === node && !ts.isExpressionWithTypeArguments(node.parent);

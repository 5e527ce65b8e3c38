import { join } from "node:path";
import ts from "typescript";
import { source } from "./source-files.ts";

/** Shapes of other packages' objects, which have docstrings of their own there. */
const foreignShapes = [
  "FastifyHandler",
  "FastifyReply",
  "FastifyRequest",
  "FastifyScope",
  "HonoContext",
  "KoaContext",
  "KyselyInstance",
  "KyselyTransaction",
];

/** Whose methods applications call. */
const called = ["Control", "Plugbay", "Registry", "TransactionControl"];

interface Public {
  readonly symbol: ts.Symbol;
  readonly checker: ts.TypeChecker;
}

/** The exported names of these files without a docstring, and their members: `file: Name` or `file: Name.member`. */
export const undocumented = (entries: readonly string[]): string[] =>
  sorted(exportsOf(entries).flatMap(({ symbol, checker }) => lacking(symbol, checker)));

/** The functions of these files, and the methods that applications call, whose docstring has no example. */
export const withoutExample = (entries: readonly string[]): string[] =>
  sorted(exportsOf(entries).flatMap(lackingExamples));

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

function lackingExamples({ symbol, checker }: Public): string[] {
  const hasNone = (one: ts.Symbol): boolean =>
    !one.getJsDocTags(checker).some(({ name }) => name === "example");
  if (symbol.flags & ts.SymbolFlags.Function) return hasNone(symbol) ? [symbol.name] : [];
  if (!called.includes(symbol.name)) return [];
  return membersOf(symbol, checker)
    .filter((member) => member.flags & ts.SymbolFlags.Method && isSeen(member) && hasNone(member))
    .map((member) => `${symbol.name}.${member.name}`);
}

function exportsOf(entries: readonly string[]): Public[] {
  const options: ts.CompilerOptions = {
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2023,
  };
  const program = ts.createProgram(
    entries.map((entry) => join(source, entry)),
    options,
  );
  const checker = program.getTypeChecker();
  return entries.flatMap((entry) => {
    const file = program.getSourceFile(join(source, entry));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${entry} is no module`);
    return checker.getExportsOfModule(module).map((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      return { symbol: isAlias ? checker.getAliasedSymbol(exported) : exported, checker };
    });
  });
}

function lacking(symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  const [declaration] = symbol.declarations ?? [];
  const file = declaration?.getSourceFile().fileName.slice(source.length);
  if (file === undefined || !declaration?.getSourceFile().fileName.startsWith(source)) return [];
  if (foreignShapes.includes(symbol.name)) return [];
  const own = isDocumented(symbol, checker) ? [] : [`${file}: ${symbol.name}`];
  const members = membersOf(symbol, checker)
    .filter((member) => isSeen(member) && !isDocumented(member, checker))
    .map((member) => `${file}: ${symbol.name}.${member.name}`);
  return [...own, ...members];
}

const isDocumented = (symbol: ts.Symbol, checker: ts.TypeChecker): boolean =>
  symbol.getDocumentationComment(checker).length > 0;

/** The members of an interface, a class or an object type, inherited ones included. */
function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const isObject =
    symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class | ts.SymbolFlags.TypeAlias);
  if (isObject === 0) return [];
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const parts = type.isUnion() ? type.types : [type];
  return parts
    .filter((part) => part.flags & ts.TypeFlags.Object || part.isIntersection())
    .flatMap((part) => part.getProperties());
}

/**
 * Whether it is declared here, for users: not inherited from the language, not private and not internal. What tells the
 * members of a union apart is described by the union, and what is `never` there is seen by nobody.
 */
function isSeen(member: ts.Symbol): boolean {
  const declarations = member.declarations ?? [];
  return declarations.some(
    (declaration) =>
      declaration.getSourceFile().fileName.startsWith(source) &&
      !isPrivate(declaration) &&
      !isDiscriminant(declaration) &&
      !isNever(declaration) &&
      !(ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) &&
      !ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === "internal"),
  );
}

const isPrivate = (declaration: ts.Declaration): boolean =>
  ts.isClassElement(declaration) &&
  declaration.name !== undefined &&
  ts.isPrivateIdentifier(declaration.name);

const isDiscriminant = (declaration: ts.Declaration): boolean =>
  ts.isPropertySignature(declaration) &&
  declaration.name.getText() === "kind" &&
  ts.isTypeLiteralNode(declaration.parent);

const isNever = (declaration: ts.Declaration): boolean =>
  ts.isPropertySignature(declaration) && declaration.type?.kind === ts.SyntaxKind.NeverKeyword;

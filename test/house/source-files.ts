import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** `type`: gone after compilation; `static`: loaded with the file; `dynamic`: loaded when it is needed. */
export type ImportKind = "type" | "static" | "dynamic";

export interface Import {
  /** The importing file, relative to src. */
  readonly from: string;
  /** The imported file relative to src, or the package as it is written. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly kind: ImportKind;
}

/** A name that a file exports, and whether it is only a type. */
export interface Export {
  readonly name: string;
  readonly isType: boolean;
}

/** All files of src, relative to it. */
export const files = (): string[] =>
  ts.sys
    .readDirectory(source, [".ts"])
    .map((file) => posix.normalize(file).slice(source.length))
    .sort();

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(source, file), "utf8"), ts.ScriptTarget.Latest, true);

/** The imports of a file, re-exports and `import()` included. */
export function importsOf(from: string): Import[] {
  const imports: Import[] = [];
  const add = (specifier: string, kind: ImportKind): void => {
    const isPackage = !specifier.startsWith(".");
    const to = isPackage ? specifier : posix.join(posix.dirname(from), specifier);
    imports.push({ from, to, isPackage, kind });
  };
  const constants = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(
        node.moduleSpecifier.text,
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type" : "static",
      );
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, node.isTypeOnly ? "type" : "static");
    } else if (ts.isVariableDeclaration(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      constants.set(node.name.getText(), node.initializer.text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      const name = argument?.getText() ?? "";
      add(
        argument && ts.isStringLiteral(argument) ? argument.text : (constants.get(name) ?? name),
        "dynamic",
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(from));
  return imports;
}

/** The names that a file declares for others, or lists in `export { ... } from`; a `export *` appears as `*`. */
export function exportsOf(file: string): Export[] {
  return parse(file).statements.flatMap((statement): Export[] => {
    if (
      ts.isFunctionDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
    ) {
      const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      const isType = !ts.isFunctionDeclaration(statement);
      return isExported && statement.name ? [{ name: statement.name.text, isType }] : [];
    }
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause, isTypeOnly } = statement;
    if (exportClause === undefined || ts.isNamespaceExport(exportClause))
      return [{ name: "*", isType: isTypeOnly }];
    return exportClause.elements.map((element) => ({
      name: element.name.text,
      isType: isTypeOnly || element.isTypeOnly,
    }));
  });
}

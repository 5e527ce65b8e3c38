import { isBuiltin } from "node:module";
import { words } from "./package-manager.ts";
import type { DatabaseName, Project } from "./project.ts";

/** A program and its operands. */
export type CommandLine = readonly [program: string, ...operands: string[]];

/** What the new files need, as it is installed: no sign in it means anything to a shell. */
const versions: Readonly<Record<string, string>> = {
  kysely: "kysely@0.28",
  "@photostructure/sqlite": "@photostructure/sqlite@1",
};

/** The package that connects to a database; undefined where Node can. */
export function driverOf(database: DatabaseName): string | undefined {
  if (database === "sqlite") return isBuiltin("node:sqlite") ? undefined : "@photostructure/sqlite";
  return database === "postgres" ? "pg" : "mysql2";
}

/** What installs the packages that a project lacks; nothing where it has them all. */
export function installLines(project: Project): CommandLine[] {
  const { isNew, language, runner, packages, packageManager, database } = project;
  const { install, add, addForDevelopment } = words[packageManager];
  if (isNew) return [split(install)];
  const lacking = (names: readonly (string | undefined)[]): string[] =>
    names.flatMap((name) => (name === undefined || packages.has(name) ? [] : [versions[name] ?? name]));
  const isTyped = language === "typescript";
  const needed = lacking(["plugbay", "kysely", driverOf(database)]);
  const neededForDevelopment = lacking([
    isTyped ? "@types/node" : undefined,
    isTyped && runner === "node" ? "tsx" : undefined,
  ]);
  return [
    ...(needed.length === 0 ? [] : [split(add, needed)]),
    ...(neededForDevelopment.length === 0 ? [] : [split(addForDevelopment, neededForDevelopment)]),
  ];
}

function split(line: string, more: readonly string[] = []): CommandLine {
  const [program = "", ...operands] = line.split(" ");
  return [program, ...operands, ...more];
}

import { type Command, InvalidArgumentError, Option } from "commander";
import { addCommand } from "../command.ts";
import type { GenerateOptions, Target } from "../generate/generate.ts";

export function addGenerate(program: Command): void {
  const generate = program
    .command("generate")
    .description("Writes plugbay's tables for an ORM, so that tables of your own can point at its items.");
  addTarget(generate, "drizzle", "Prints a module of tables for drizzle-orm.", [
    "generate drizzle --out src/plugbay-tables.ts",
    "generate drizzle --dialect postgres --schema ops",
  ]);
  addTarget(generate, "prisma", "Prints models for a schema of Prisma.", [
    "generate prisma --relation Favourite --out prisma/plugbay.prisma",
    "generate prisma --dialect sqlite --prefix acme_",
  ]).option(
    "--relation <model>",
    "a model of yours that points at items; may be given more than once",
    parseModel,
  );
  addTarget(generate, "sql", "Prints the SQL of a table that points at items, as an example.", [
    "generate sql",
    "generate sql --dialect mysql",
  ]);
}

const addTarget = (
  generate: Command,
  target: Target,
  description: string,
  examples: readonly string[],
): Command =>
  addCommand(generate, target, `${description} No database is asked.`, examples)
    .addOption(
      new Option("--dialect <dialect>", "goes by this database instead of a config").choices([
        "sqlite",
        "postgres",
        "mysql",
      ]),
    )
    .option("--schema <schema>", "with --dialect: the schema of plugbay's tables, on MySQL a database")
    .option(
      "--prefix <prefix>",
      "with --dialect: what the names of plugbay's tables start with (default: plugbay_)",
    )
    .option("-o, --out <file>", "writes the file, and replaces one that was generated before")
    .option("--force", "replaces any file")
    // Loaded here, so that no other command loads it.
    .action(async (options: GenerateOptions) =>
      (await import("../generate/generate.ts")).generate(target, options),
    );

function parseModel(name: string, before: readonly string[] = []): string[] {
  if (!/^[A-Za-z]\w*$/.test(name)) throw new InvalidArgumentError("It is not the name of a model.");
  return [...before, name];
}

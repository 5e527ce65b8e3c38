import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";

const root = join(import.meta.dirname, "../..");
const documents = [
  "README.md",
  ...(await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
];

test.each(documents)("the commands that %s shows are there, with their options", async (document) => {
  const markdown = await readFile(join(root, document), "utf8");
  const lines = [...markdown.matchAll(/npx plugbay ([^\n`]+)/g)].map(([, line = ""]) => line);
  for (const line of lines) {
    const words = line.replace(/ [|<] .*/, "").split(" ");
    const command = find(await createProgram(words), words);
    for (const option of words.filter((word) => word.startsWith("--"))) {
      expect(optionsOf(command), line).toContain(option);
    }
  }
});

/** The command that the first words name; throws where there is none. */
function find(program: Command, words: readonly string[]): Command {
  const [word = "", ...others] = words;
  if (program.commands.length === 0) return program;
  const command = program.commands.find((one) => one.name() === word || one.aliases().includes(word));
  if (command === undefined) throw new Error(`"${word}" is no command of ${program.name()}.`);
  return find(command, others);
}

function optionsOf(command: Command | null): string[] {
  if (command === null) return [];
  return [...command.options.map(({ long }) => `${long}`), ...optionsOf(command.parent)];
}

test("each command is there alone as it is among all", async () => {
  const all = (await createProgram([])).commands;
  expect(all.length).toBeGreaterThan(20);
  for (const command of all) {
    const alone = (await createProgram([command.name()])).commands;
    expect(alone.length, command.name()).toBeLessThan(3);
    expect(alone.map((one) => one.name())).toContain(command.name());
  }
});

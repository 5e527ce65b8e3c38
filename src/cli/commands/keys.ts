import type { Command } from "commander";
import type { KeyReport, Rotation, SecretProblem } from "../../control/keys/secret-keys.ts";
import { generateKey } from "../../secrets/generate-key.ts";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addBareCommand, addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { exitCodes } from "../exit-codes.ts";
import { parseNumber } from "../parse.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { formatTable } from "../table.ts";

export function addKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description("Creates, checks and rotates the keys of secrets in configs.");
  addBareCommand(
    keys,
    "generate",
    "Creates a key and prints it; it is not stored. Set PLUGBAY_KEYS to it; in a rotation, add it after the key in use until all processes have both.",
    ["plugbay keys generate", 'PLUGBAY_KEYS="$PLUGBAY_KEYS,$(plugbay keys generate)"'],
  ).action(reporting(generate));

  addCommand(keys, "check", "Says which keys are in use, and which secrets cannot be read.", [
    "keys check --json",
  ]).action(reporting(check));

  addCommand(keys, "rotate", "Encrypts all secrets with the first key while processes keep running.", [
    "keys rotate",
    "keys rotate --batch 1000",
  ])
    .option("--batch <items>", "items a transaction; default 100", parseNumber)
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(rotate));
}

async function generate(): Promise<Report> {
  const key = generateKey();
  return { json: key, text: key.entry };
}

async function check({ config }: CommonOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }) => {
    const report = await control.checkKeys();
    const { keys, unreadable, inClear } = report;
    const rows = keys.map(({ id, use, items }) => [id, use, String(items)]);
    const table = keys.length === 0 ? "There are no keys." : formatTable(["KEY", "USE", "ITEMS"], rows);
    const text = [table, ...[...unreadable, ...inClear].map(formatProblem)].join("\n");
    return { json: report satisfies KeyReport, text, exitCode: exitCodeOf([...unreadable, ...inClear]) };
  });
}

interface RotateOptions extends CommonOptions, AuthorOptions {
  readonly batch?: number;
}

async function rotate({ config, batch, ...author }: RotateOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }) => {
    const rotation: Rotation = await control.rotateKeys({
      ...authorOf(author),
      ...(batch !== undefined && { batchSize: batch }),
      // On standard error, so that standard output has the result alone.
      onProgress: ({ done, total }) => process.stderr.write(`${done} of ${total} items\n`),
    });
    const { done, unreadable } = rotation;
    const text = [`items encrypted with the first key: ${done}`, ...unreadable.map(formatProblem)].join("\n");
    return { json: rotation, text, exitCode: exitCodeOf(unreadable) };
  });
}

const formatProblem = ({ itemId, field, problem }: SecretProblem): string =>
  `problem  ${itemId} ${field}: ${problem}`;

const exitCodeOf = (problems: readonly SecretProblem[]): number =>
  problems.length === 0 ? exitCodes.success : exitCodes.failure;

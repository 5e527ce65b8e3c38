import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openTestPlugbay } from "plugbay/testing";
import { makeDefinitions } from "./definitions.ts";
import { median, report, timed } from "./report.ts";

const rounds = 11;
const run = promisify(execFile);
/** Of the repository, where `bench/out/bench` is what runs. */
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What a process pays before it does anything: each in processes of its own, which take turns. */
export async function benchStart(): Promise<void> {
  const samples = {
    kysely: [] as number[],
    plugbay: [] as number[],
    node: [] as number[],
    version: [] as number[],
  };
  for (let round = 0; round < rounds; round += 1) {
    samples.kysely.push(await importMs("kysely"));
    samples.plugbay.push(await importMs("plugbay"));
    samples.node.push(await timed(() => run(process.execPath, ["--eval", ""])));
    samples.version.push(
      await timed(() => run(process.execPath, ["dist/cli/main.js", "--version"], { cwd: root })),
    );
  }
  report({
    name: 'import("plugbay") beside import("kysely"), which it contains',
    value: median(samples.plugbay) / median(samples.kysely),
    limit: 1.5,
    unit: "x",
  });
  report({
    name: "plugbay --version beside a Node that does nothing",
    value: median(samples.version) / median(samples.node),
    limit: 4,
    unit: "x",
  });
  report({ name: "plugbay --version", value: median(samples.version), limit: 200, unit: "ms" });
  await benchTestPlugbay();
}

/** Milliseconds that an import takes in a process that has imported nothing. */
async function importMs(specifier: string): Promise<number> {
  const program = `const start = performance.now(); await import("${specifier}"); console.log(performance.now() - start)`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: root });
  return Number(stdout);
}

async function benchTestPlugbay(): Promise<void> {
  const { all } = makeDefinitions(10, 30);
  const samples: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    samples.push(
      await timed(async () => {
        const plugbay = await openTestPlugbay({ plugins: all });
        await plugbay.close();
      }),
    );
  }
  report({
    name: "a plugbay for a test, 10 types, first of a process",
    value: samples[0] ?? Number.NaN,
    limit: 50,
    unit: "ms",
  });
  report({
    name: "a plugbay for a test, 10 types, opened and closed",
    value: median(samples),
    limit: 5,
    unit: "ms",
  });
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/**
 * Runs the static checks, in two lanes side by side: most of them keep one core busy. What one says is printed when it
 * ends, and all are run whatever becomes of the others.
 */
const lanes = [
  ["check:types", "check:style", "check:unused", "check:site"],
  // In turn, because each packs the package.
  ["check:package", "check:size", "check:install -- --quick"],
];

// Packing builds what is not up to date, and the check of types reads what is built.
let failures = await run("prepare");
if (failures === 0) {
  const counts = await Promise.all(lanes.map(runAll));
  failures = counts.reduce((sum, count) => sum + count);
}
process.exitCode = failures === 0 ? 0 : 1;

async function runAll(lane: readonly string[]): Promise<number> {
  let failed = 0;
  for (const script of lane) failed += await run(script);
  return failed;
}

/** 1 for a script that failed, else 0. */
async function run(script: string): Promise<number> {
  const began = performance.now();
  // One string: on Windows npm is a script that only a shell can start.
  const child = spawn(`npm run ${script} 2>&1`, { shell: true, stdio: ["ignore", "pipe", "inherit"] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`${said.trim()}\n${code === 0 ? "passed" : "FAILED"}: npm run ${script} (${seconds} s)\n`);
  return code === 0 ? 0 : 1;
}

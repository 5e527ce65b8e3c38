import { document, tableOf } from "./document.ts";
import { scenarios } from "./scenarios/index.ts";
import { play } from "./stage.ts";

// What a caller gets, and what the providers see, when a provider fails in each of these ways.

const chosen = process.argv[2] ?? "";
const rows: string[][] = [];
for (const scenario of scenarios.filter(({ name }) => name.includes(chosen))) {
  const start = performance.now();
  const { all, verdict } = await play(scenario);
  console.log(`${verdict.padEnd(6)} ${scenario.name} (${(performance.now() - start).toFixed(0)} ms)`);
  for (const { what, found } of all.filter(({ holds }) => !holds)) console.log(`       ${what}: ${found}`);
  rows.push([scenario.name, scenario.right, `${all.length}`, verdict]);
}
const passed = rows.filter((row) => row.at(-1) === "pass").length;
console.log(`\n${passed} of ${rows.length} pass.`);
if (rows.length === scenarios.length) {
  await document("scenarios", tableOf(["fault", "what is right", "checks", "result"], rows));
}
process.exitCode = passed === rows.length ? 0 : 1;

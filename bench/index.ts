import { benchChanges } from "./changes.ts";
import { benchCounting } from "./counting.ts";
import { withDatabases } from "./databases.ts";
import { benchGet } from "./get.ts";
import { benchLarge } from "./large.ts";
import { benchLate } from "./late.ts";
import { benchMasking } from "./masking.ts";
import { broken } from "./report.ts";
import { benchRun } from "./run.ts";
import { benchSelector } from "./selector.ts";
import { benchStart } from "./start.ts";
import { benchSync } from "./sync.ts";

// Every line: the figure, its bound, and the share of the bound that it takes.
console.log(
  `Node ${process.version}. The test servers are tuned for tests: PostgreSQL without fsync, MariaDB with it relaxed.\n`,
);
await benchStart();
await benchGet();
await benchSelector();
await benchRun();
await benchLate();
benchCounting();
await benchChanges();
benchMasking();
await withDatabases(async (databases) => {
  await benchSync(databases);
  await benchLarge(databases);
});
const over = broken();
console.log(over.length === 0 ? "\nAll within their bounds." : `\n${over.length} over their bounds.`);
process.exitCode = over.length === 0 ? 0 : 1;

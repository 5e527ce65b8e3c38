import { type Candidates, openPlugbay, type PluginItem } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { type Echo, makeDefinitions } from "./definitions.ts";
import { median, report } from "./report.ts";

const callsARound = 20_000;
const rounds = 15;

/** What `get` takes beside the selector that it asks, however many candidates there are. */
export async function benchSelector(): Promise<void> {
  for (const itemCount of [10, 1_000, 10_000, 100_000]) {
    const { types, all } = makeDefinitions(1, itemCount);
    const [type, ...others] = types.map((one) => one.withSelector<[number]>(chosen));
    if (type === undefined || others.length > 0) throw new Error("there is one type");
    const plugbay = await openPlugbay({
      database: sqlite(":memory:"),
      plugins: [type, ...all.slice(1)],
      pollIntervalMs: false,
    });
    const candidates: Candidates = { active: plugbay.items(type), reserve: [] };
    const samples = Array.from({ length: rounds }, () => {
      const own = nsACall((index) => chosen(candidates, index));
      return nsACall((index) => plugbay.get(type, index)) - own;
    });
    const name = `get with a selector beside its own time, ${itemCount.toLocaleString("en")} candidates`;
    report({ name, value: median(samples), limit: 200, unit: "ns" });
    await plugbay.close();
  }
}

/** Reads what it chooses, as selectors do. */
function chosen({ active }: Candidates, index: number): PluginItem | undefined {
  const item = active[(index * 7_919) % active.length];
  return item?.label === "" ? item : undefined;
}

function nsACall(call: (index: number) => Echo | PluginItem | undefined): number {
  const start = performance.now();
  for (let index = 0; index < callsARound; index += 1) {
    if (call(index) === undefined) throw new Error("nothing was found");
  }
  return ((performance.now() - start) * 1e6) / callsARound;
}

import { openPlugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toNext } from "plugbay/next";
import { sqlite } from "plugbay/sqlite";

/**
 * A host of the panel that is told to end, by so many signals, while a stream of events is open. Its handler is
 * registered before the stream is opened, or after it, and takes longer than the stream.
 */
const [handling = "", when = "", count = "1"] = process.argv.slice(2);

let endStream = (): void => undefined;
const streamEnd = new Promise<void>((resolve) => {
  endStream = resolve;
});

async function shutDown(): Promise<void> {
  console.log("shutdown begins");
  await streamEnd;
  await new Promise((resolve) => setTimeout(resolve, 100));
  console.log("shutdown ends");
  process.exit(0);
}

/** Ends the process as the signal would have, unless somebody else listens for it; as the package signal-exit. */
function endAlone(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  console.log("nobody else listens");
  process.off(signal, endAlone);
  process.kill(process.pid, signal);
}

const register: Record<string, () => void> = {
  on: () => void process.on("SIGTERM", shutDown),
  once: () => void process.once("SIGTERM", shutDown),
  prependOnce: () => void process.prependOnceListener("SIGTERM", shutDown),
  "log once": () => void process.once("SIGTERM", () => console.log("heard")),
  "end alone": () => void process.on("SIGTERM", endAlone),
  none: () => undefined,
};

const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
const { GET } = toNext(createAdmin(plugbay, { authorize: () => ({ actor: "ana", access: "write" }) }));

if (when === "before") register[handling]?.();
const { body } = await GET(new Request("http://localhost/api/events"));
const reader = body?.getReader();
await reader?.read();
if (when === "after") register[handling]?.();
setInterval(() => undefined, 1_000);

for (let sent = 0; sent < Number(count); sent += 1) {
  process.kill(process.pid, "SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 20));
  // Two that come before the loop has looked for them would be one.
  await new Promise((resolve) => setImmediate(resolve));
}
while (!(await reader?.read())?.done);
console.log("stream ended");
endStream();

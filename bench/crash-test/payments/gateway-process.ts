import { createServer, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { faultOf } from "./faults.ts";

// A payment gateway, to be killed at any time: whatever it knows is in the ledger.

const [name = "", port = "", ledgerUrl = ""] = process.argv.slice(2);
const seen = new Set<string>();

async function book(order: string, key: string): Promise<void> {
  const query = new URLSearchParams({ order, gateway: name, key });
  await fetch(`${ledgerUrl}/?${query}`, { method: "POST" }).then((response) => response.arrayBuffer());
}

async function take(order: string, key: string, response: ServerResponse): Promise<void> {
  const isFirst = !seen.has(order);
  seen.add(order);
  const fault = isFirst ? faultOf(name, Number(order)) : undefined;
  const end = (status: number): void => void response.writeHead(status).end();
  switch (fault) {
    case undefined:
      await book(order, key);
      return end(200);
    case "silent, not booked":
      return;
    case "silent, booked":
      return book(order, key);
    case "silent, booked late":
      await pause(800);
      return book(order, key);
    case "reset, not booked":
      return void response.socket?.resetAndDestroy();
    case "reset, booked":
      await book(order, key);
      return void response.socket?.resetAndDestroy();
    case "500, booked":
      await book(order, key);
      return end(500);
    case "503, not booked":
      return end(503);
    case "402, not booked":
      return end(402);
  }
}

const server = createServer((request, response) => {
  const order = request.url?.split("/").at(-1) ?? "";
  void take(order, String(request.headers["idempotency-key"]), response);
});
process.on("disconnect", () => process.exit());
process.on("message", () => server.listen(Number(port), "127.0.0.1", () => process.send?.("listening")));
process.send?.("loaded");

import { hideInError } from "../src/secrets/hide-secrets.ts";
import { median, report } from "./report.ts";

const nodeCount = 2_000;
const warmUps = 2_000;
const measured = 2_000;
const secrets = ["sk_live_hunter2!", "whsec_swordfish"];

/** What it takes to mask the error of an HTTP client: with its config, its graph of requests, and 1 MB of answer. */
export function benchMasking(): void {
  const attached = { config, request: graph(), response: {} };
  attached.response = { ...attached, status: 402, headers: { "retry-after": "30" }, data: answer };
  for (const [name, message] of [
    ["nothing to mask", "Request failed with status code 402"],
    ["a secret in its message", `Request failed: no such key ${secrets[0]}`],
  ] as const) {
    const make = (): Error =>
      Object.assign(new Error(message), { name: "AxiosError", code: "ERR_BAD_REQUEST", ...attached });
    // Each error once: its stack is only written when it is first read.
    for (let index = 0; index < warmUps; index += 1) hideInError(make(), secrets);
    const samples = Array.from({ length: measured }, () => microseconds(make()));
    report({
      name: `an error with a large response masked, ${name}`,
      value: median(samples),
      limit: 50,
      unit: "us",
    });
  }
}

const answer = "x".repeat(1_000_000);
const config = {
  url: "https://api.example",
  headers: { Authorization: `Bearer ${secrets[0]}` },
  data: answer,
};

/** As requests, sockets and agents point to each other. */
function graph(): unknown {
  const nodes = Array.from({ length: nodeCount }, (_, id) => ({
    id,
    header: `x-${id}: ${id}`,
    next: {},
    other: {},
  }));
  for (const [index, node] of nodes.entries()) {
    node.next = nodes[(index + 1) % nodeCount] ?? node;
    node.other = nodes[(index * 7) % nodeCount] ?? node;
  }
  return nodes[0];
}

function microseconds(error: Error): number {
  const start = performance.now();
  hideInError(error, secrets);
  return (performance.now() - start) * 1_000;
}

import type { Plugbay } from "plugbay";
import { commandFor } from "./command-for.ts";
import { otp } from "./otp.ts";

/** What the terminal shows when the example runs: the decisions of the last time are still in the database. */
export function welcome(address: string, plugbay: Plugbay): string {
  const explanations = plugbay.explain(otp);
  const serving = explanations.find(({ reason }) => reason === "selected")?.item;
  const command = explanations
    .filter(({ item }) => item !== serving)
    .map(({ item }) => commandFor(item, serving))
    .find((candidate) => candidate !== undefined);
  return `
  One-time codes: ${address}

  1. Open the page and send a code. It is delivered by ${serving?.name ?? "nobody yet"}.
  2. In a second terminal, in this folder, let another provider serve:
     ${command}
  3. Send the next code. Nothing was restarted.

  Ctrl-C ends it.
`;
}

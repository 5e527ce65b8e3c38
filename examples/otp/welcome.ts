import type { Plugbay } from "plugbay";
import { commandFor } from "./command-for.ts";
import { otp } from "./otp.ts";
import type { DemoUser } from "./web/demo-user.ts";

/** What the terminal shows when the example runs: the decisions of the last time are still in the database. */
export function welcome(address: string, plugbay: Plugbay, user: DemoUser): string {
  const explanations = plugbay.explain(otp);
  const serving = explanations.find(({ reason }) => reason === "selected")?.item;
  const command = explanations
    .filter(({ item }) => item !== serving)
    .map(({ item }) => commandFor(item, serving))
    .find((candidate) => candidate !== undefined);
  return `
  One-time codes: ${address}
  The panel:      ${address}/admin
                  user ${user.name}, password ${user.password}

  1. Open the page and send a code. It is delivered by ${serving?.name ?? "nobody yet"}.
  2. Open the panel in a second tab and let another provider serve; or in a second terminal, in this folder:
     ${command}
  3. Send the next code. Nothing was restarted.
  4. In the panel, test the items of smtp and gateway, activate one, change its password, add another.

  Ctrl-C ends it.
`;
}

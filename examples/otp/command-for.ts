import type { PluginItem } from "plugbay";

/**
 * What to type in a second terminal to make an item serve; for the one that serves, to take it out.
 * undefined where no decision helps: it comes first already, and is not ready.
 */
export function commandFor(item: PluginItem, serving: PluginItem | undefined): string | undefined {
  const options: string[] = [];
  if (item === serving) options.push("--status disable");
  else {
    if (item.status !== "active") options.push("--status active");
    if (serving?.status === "active" && item.priority >= serving.priority) {
      options.push(`--priority ${serving.priority - 1}`);
    }
  }
  return options.length === 0 ? undefined : `${command} set ${nameOf(item)} ${options.join(" ")}`;
}

/** A plugin with labels may have several items. */
const nameOf = ({ id, name, label }: PluginItem): string => (label === "" ? name : id);

/** The second terminal does not have the environment of this one. */
const command = process.env.OTP_DATABASE
  ? `OTP_DATABASE="${process.env.OTP_DATABASE}" npx plugbay`
  : "npx plugbay";

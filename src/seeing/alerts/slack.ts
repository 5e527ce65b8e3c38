import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import { hideSecrets } from "../../secrets/mask-text.ts";
import type { AlertMessage } from "./alert-message.ts";
import { type AlertOptions, type AlertTarget, targetOf } from "./alert-target.ts";

const optionNames: OptionNames<AlertOptions> = { url: true, on: true, panelUrl: true };

/** Slack refuses longer ones. */
const longestText = 2_900;

/**
 * Tells a channel of Slack, by the address of one of its incoming webhooks.
 *
 * @throws InvalidOptionError, UnknownOptionError
 * @example
 * alerts: [slack({ url: process.env.SLACK_WEBHOOK ?? "", on: { gravity: "critical" } })]
 */
export function slack(options: AlertOptions): AlertTarget {
  checkKnown("slack", options, optionNames);
  const { url } = options;
  return targetOf("slack", options, (message) => {
    const lines = linesOf(message).map((line) => hideSecrets(line, [url]));
    const text = lines.map(escaped).join("\n").slice(0, longestText);
    const link = linkOf(message);
    const blocks = [
      { type: "section", text: { type: "mrkdwn", text: link ? `${text}\n<${link}|Open the panel>` : text } },
    ];
    const [first = ""] = lines;
    return {
      url,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: escaped(first).slice(0, longestText), blocks }),
    };
  });
}

function linesOf({ type, data }: AlertMessage): string[] {
  switch (type) {
    case "attention.new":
      return [
        `${signs[data.entry.gravity]} ${data.entry.message}`,
        `Since ${data.entry.since}. To mend it: ${data.entry.fix}`,
      ];
    case "attention.ended":
      return [
        `:white_check_mark: Ended: ${data.entry.message}`,
        `From ${data.entry.since} to ${data.endedAt}.`,
      ];
    case "items.changed":
      return [
        ...data.changes.map(
          ({ at, actor, source, reason, action, subject }) =>
            `${at} ${actor ?? source}: ${action} ${subject}${reason === null ? "" : ` (${reason})`}`,
        ),
        ...(data.more > 0 ? [`and ${data.more} more`] : []),
      ];
    case "alerts.test":
      return [`A test of plugbay's alerts, for the namespace ${data.namespace}.`];
  }
}

const signs = { critical: ":red_circle:", warning: ":large_yellow_circle:", info: ":large_blue_circle:" };

const linkOf = (message: AlertMessage): string | undefined =>
  "url" in message.data ? message.data.url : undefined;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

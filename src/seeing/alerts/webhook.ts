import { createHmac } from "node:crypto";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import { hideSecrets } from "../../secrets/mask-text.ts";
import { type AlertOptions, type AlertTarget, targetOf } from "./alert-target.ts";

/** Where and how a webhook is told. */
export interface WebhookOptions extends AlertOptions {
  /** `whsec_` and 24 to 64 bytes in base64: signs each message, so that the receiver knows who sent it. */
  readonly secret: string;
}

const optionNames: OptionNames<WebhookOptions> = { url: true, secret: true, on: true, panelUrl: true };

/**
 * Tells an address of yours, as JSON, signed as the Standard Webhooks specification says: any of its libraries verifies it.
 *
 * @throws InvalidOptionError, UnknownOptionError
 * @example
 * alerts: [webhook({ url: "https://example.com/hooks/plugbay", secret: process.env.ALERT_SECRET ?? "" })]
 */
export function webhook(options: WebhookOptions): AlertTarget {
  checkKnown("webhook", options, optionNames);
  const { url, secret } = options;
  const key = keyOf(secret);
  return targetOf("webhook", options, (message, id) => {
    const body = hideSecrets(JSON.stringify(message), [secret, url]);
    const timestamp = String(Math.floor(Date.parse(message.timestamp) / 1_000));
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    return {
      url,
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
      },
      body,
    };
  });
}

function keyOf(secret: unknown): Buffer {
  const text = typeof secret === "string" && secret.startsWith("whsec_") ? secret.slice("whsec_".length) : "";
  const key = Buffer.from(text, "base64");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || key.length < 24 || key.length > 64)
    throw new InvalidOptionError("secret", "it", "it is whsec_ and 24 to 64 bytes in base64");
  return key;
}

import { createHash } from "node:crypto";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import { type Gravity, gravities } from "../attention/attention-entry.ts";
import type { AlertMessage } from "./alert-message.ts";

/** Of what a target is told. */
export interface AlertFilter {
  /** Entries of this gravity, and graver ones. Default `warning`. */
  readonly gravity?: Gravity;
  /** Entries about these types, and none that are about no type. Default: all. */
  readonly types?: readonly TypeIdentity[];
  /** Whether it is told of what operators change, too. Default false. */
  readonly changes?: boolean;
}

/** What all targets may be told. */
export interface AlertOptions {
  /** Where it is sent to, with http or https. Redirects are not followed. */
  readonly url: string;
  /** Of what it is told. Default: of entries that are warnings or critical. */
  readonly on?: AlertFilter;
  /** Where the panel is, such as `https://example.com/admin/plugins`: then an alert says which of its pages to look at. */
  readonly panelUrl?: string;
}

/** A request that tells something. */
export interface AlertRequest {
  /** Where it goes. */
  readonly url: string;
  /** Its headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** Where alerts go. Made by `webhook` or `slack`. What it is printed as tells no secret. */
export interface AlertTarget {
  /** The kind and the host, such as `webhook hooks.example.com`. */
  readonly name: string;
  /** Tells targets apart: by their kind, their URL and the types that they are told of. */
  readonly id: string;
  /** Of what it is told. */
  readonly on: AlertFilter;
  /** Where the panel is. */
  readonly panelUrl: string | undefined;
  /**
   * The request for a message, which has this id however often it is sent.
   *
   * @example
   * await fetch(url, { method: "POST", ...target.request(message, id) });
   */
  request(message: AlertMessage, id: string): AlertRequest;
}

const filterNames: OptionNames<AlertFilter> = { gravity: true, types: true, changes: true };

/** The parts of a target that all have. @throws InvalidOptionError, UnknownOptionError */
export function targetOf(
  kind: string,
  { url, on = {}, panelUrl }: AlertOptions,
  request: AlertTarget["request"],
): AlertTarget {
  // The address may be a secret, so no error tells it.
  if (!isUrl(url)) throw new InvalidOptionError("url", "it", "it is a URL with http or https");
  if (panelUrl !== undefined && !isUrl(panelUrl))
    throw new InvalidOptionError("panelUrl", panelUrl, "it is a URL with http or https");
  checkKnown(`${kind}.on`, on, filterNames);
  const { gravity = "warning", types } = on;
  if (!gravities.includes(gravity))
    throw new InvalidOptionError("on.gravity", gravity, `it is one of ${gravities.join(", ")}`);
  return {
    name: `${kind} ${new URL(url).host}`,
    id: createHash("sha256")
      .update(JSON.stringify([kind, url, types?.map(({ manager, name }) => [manager, name])]))
      .digest("hex")
      .slice(0, 32),
    on: { ...on, gravity },
    panelUrl: panelUrl?.replace(/\/+$/, ""),
    request,
  };
}

const isUrl = (url: unknown): url is string =>
  typeof url === "string" && /^https?:\/\//.test(url) && URL.canParse(url);

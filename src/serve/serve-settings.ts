import { checkOptions } from "../admin/settings.ts";
import type { ServeOptions } from "../define-config.ts";
import type { OptionNames } from "../definition/known-options.ts";
import { messageOf } from "../thrown.ts";
import { ServeConfigError } from "./errors.ts";
import { TrustedProxies } from "./network/client-address.ts";
import { checkNames, type ServeConfig } from "./serve-config.ts";
import { checkOidc } from "./sign-in/oidc.ts";

/** The section `serve` of the config, checked, with what the environment and the command line add. */
export interface ServeSettings {
  readonly secret: string;
  /** As browsers see it; undefined: the address that it listens on. */
  readonly baseUrl: URL | undefined;
  /** What the pages are called. */
  readonly names: Pick<ServeOptions, "title" | "environment">;
  readonly proxies: TrustedProxies;
  readonly oidc: NonNullable<ServeOptions["oidc"]>;
}

const optionNames: OptionNames<ServeOptions> = {
  baseUrl: true,
  title: true,
  environment: true,
  secret: true,
  trustedProxies: true,
  oidc: true,
};

/** What the command line says; it wins over the config. */
interface GivenSettings {
  readonly publicUrl?: string;
  readonly trustedProxy?: readonly string[];
}

/** @throws ServeConfigError */
export function serveSettings(
  { file, serve = {} }: ServeConfig,
  { publicUrl, trustedProxy }: GivenSettings = {},
): ServeSettings {
  checkNames(file, "serve", serve, optionNames);
  const {
    baseUrl,
    secret = process.env.PLUGBAY_AUTH_SECRET,
    trustedProxies = [],
    oidc = [],
    ...names
  } = serve;
  checkPageNames(file, names);
  checkOidc(file, oidc);
  const address = publicUrl ?? baseUrl;
  return {
    secret: checkSecret(file, secret),
    baseUrl: address === undefined ? undefined : parseAddress(address),
    names,
    proxies: parseProxies(file, trustedProxy ?? trustedProxies),
    oidc,
  };
}

const makeOne = `make one with: node -p 'crypto.randomBytes(32).toString("base64url")'`;

/**
 * None is made up and kept in the database: whoever got hold of that, or of a copy of it, could sign
 * cookies for the sessions in it.
 */
function checkSecret(file: string, secret: unknown): string {
  if (secret === undefined || secret === "") {
    throw new ServeConfigError(
      `the panel on its own needs a secret, to sign its cookies; set PLUGBAY_AUTH_SECRET, or serve.secret in ` +
        `${file}; ${makeOne}`,
    );
  }
  if (typeof secret === "string" && secret.length >= 32 && new Set(secret).size >= 10) return secret;
  throw new ServeConfigError(`the secret that signs the panel's cookies is too easy to guess; ${makeOne}`);
}

/** Here, because what is wrong with the config is to be known before anything is opened. */
function checkPageNames(file: string, names: ServeSettings["names"]): void {
  try {
    checkOptions(names);
  } catch (error) {
    throw new ServeConfigError(`${file}: serve: ${messageOf(error)}`, { cause: error });
  }
}

function parseProxies(file: string, entries: readonly string[]): TrustedProxies {
  try {
    return new TrustedProxies(entries);
  } catch (error) {
    throw new ServeConfigError(`${file}: the trusted proxies: ${messageOf(error)}`, { cause: error });
  }
}

function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "") return url;
  throw new ServeConfigError(
    `"${address}" is not the address of a panel, such as https://plugbay.example.com`,
  );
}

import { InvalidOptionError } from "../definition/errors.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { AdminOptions } from "./admin.ts";
import { isLanguage, type Language, languages } from "./page/language.ts";

/** The options with their defaults. */
export interface Settings {
  readonly basePath: string;
  readonly authorize: AdminOptions["authorize"] | undefined;
  readonly publicOrigin: string | undefined;
  readonly title: string;
  readonly environment: string | null;
  readonly readOnly: boolean;
  readonly requireReason: boolean;
  readonly locale: Language | null;
  readonly signOutUrl: string | null;
}

const optionNames: OptionNames<AdminOptions> = {
  basePath: true,
  authorize: true,
  publicOrigin: true,
  title: true,
  environment: true,
  readOnly: true,
  requireReason: true,
  locale: true,
  signOutUrl: true,
};

/** @throws InvalidOptionError, UnknownOptionError */
export function checkOptions(options: AdminOptions): Settings {
  checkKnown("createAdmin", options, optionNames);
  const { basePath = "", authorize, publicOrigin, title = "plugbay" } = options;
  const { readOnly = false, requireReason = false } = options;
  const { environment = "", locale = null, signOutUrl = null } = options;
  if (!isBasePath(basePath)) {
    throw new InvalidOptionError("basePath", basePath, `it is "" for the root, or like "/admin/plugins"`);
  }
  if (authorize !== undefined && authorize !== null && typeof authorize !== "function") {
    throw new InvalidOptionError("authorize", authorize, "it is a function of a request");
  }
  if (publicOrigin !== undefined && !isOrigin(publicOrigin)) {
    throw new InvalidOptionError("publicOrigin", publicOrigin, `it is like "https://example.com"`);
  }
  if (typeof title !== "string") throw new InvalidOptionError("title", title, "it is a text");
  if (typeof environment !== "string")
    throw new InvalidOptionError("environment", environment, "it is a text");
  if (typeof readOnly !== "boolean")
    throw new InvalidOptionError("readOnly", readOnly, "it is true or false");
  if (typeof requireReason !== "boolean")
    throw new InvalidOptionError("requireReason", requireReason, "it is true or false");
  if (locale !== null && !isLanguage(locale)) {
    throw new InvalidOptionError("locale", locale, `it is one of ${languages.join(", ")}`);
  }
  if (signOutUrl !== null && !isLink(signOutUrl)) {
    throw new InvalidOptionError("signOutUrl", signOutUrl, `it is a path, or a URL with http or https`);
  }
  return {
    basePath,
    authorize: authorize ?? undefined,
    publicOrigin,
    title,
    environment: environment.trim() || null,
    readOnly,
    requireReason,
    locale,
    signOutUrl,
  };
}

/** Of characters that mean nothing in HTML or a URL; `..` would be resolved by browsers. */
const isBasePath = (path: unknown): path is string =>
  typeof path === "string" && /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*$/.test(path);

const isOrigin = (value: unknown): boolean =>
  typeof value === "string" && URL.canParse(value) && new URL(value).origin === value;

const isLink = (value: unknown): boolean =>
  typeof value === "string" &&
  /^(\/(?!\/)|https?:\/\/)/.test(value) &&
  URL.canParse(value, "http://localhost");

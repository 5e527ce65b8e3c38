import type { OpenOptions } from "./open-plugbay.ts";

/** What `plugbay.config.ts` exports: the database and the plugins, as `openPlugbay` takes them. */
export type Config = Pick<
  OpenOptions,
  "database" | "plugins" | "namespace" | "prefix" | "prepareTimeoutMs" | "keys"
>;

/**
 * Types the default export of `plugbay.config.ts`, which the `plugbay` command reads.
 *
 * @example
 * export default defineConfig({ database: sqlite("app.db"), plugins: [otp, smsIr] });
 */
export function defineConfig(config: Config): Config {
  return config;
}

import { type Command, InvalidArgumentError, Option } from "commander";
import { createLog, type LogFormat, logFormats } from "../../serve/log.ts";
import type { Started } from "../../serve/panel-server.ts";
import { serveSettings } from "../../serve/serve-settings.ts";
import { addCommand, type CommonOptions } from "../command.ts";
import { loadConfig } from "../config.ts";
import { outliveFaults } from "../outlive-faults.ts";
import { writeOutput } from "../output.ts";
import { Interrupted, whileOpen } from "../while-open.ts";

export function addServe(program: Command): void {
  addCommand(program, "serve", "Serves the panel on its own, with users of its own, until Ctrl-C.", [
    "serve",
    "serve --port 8080 --public-url https://plugbay.example.com",
  ])
    .option("--port <number>", "0 takes a free one", parsePort, 4_100)
    .option("--host <address>", "where to listen; 0.0.0.0 for all networks", "127.0.0.1")
    .option("--public-url <url>", "the address that browsers use, behind a proxy")
    .option(
      "--trusted-proxy <address...>",
      "proxies whose forwarded addresses are trusted, such as 10.0.0.0/8",
    )
    .addOption(
      new Option("--log <format>", "how warnings and errors are written to standard error")
        .choices(logFormats)
        .default("text"),
    )
    .option("--migrate", "create missing tables and bring old ones up to date")
    .action(runServe);
}

interface ServeCommandOptions extends CommonOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly trustedProxy?: readonly string[];
  readonly log: LogFormat;
  readonly migrate?: true;
}

async function runServe({
  config: path,
  publicUrl,
  trustedProxy,
  json,
  migrate,
  log: format,
  ...place
}: ServeCommandOptions): Promise<void> {
  const config = await loadConfig(path);
  const settings = serveSettings(config, {
    ...(publicUrl !== undefined && { publicUrl }),
    ...(trustedProxy && { trustedProxy }),
  });
  // The panel is much to load, and no other command has a use for it.
  const { PanelServer } = await import("../../serve/panel-server.ts");
  const log = createLog(format);
  const server = new PanelServer(config, { ...settings, ...place, log, migrate: migrate === true });
  try {
    await whileOpen(server, async () => {
      announce(await server.start(), json === true);
      outliveFaults(log);
      await new Promise(() => undefined);
    });
  } catch (error) {
    // To be ended is how it ends.
    if (!(error instanceof Interrupted)) throw error;
  }
}

function announce({ url, listens, isEmpty }: Started, json: boolean): void {
  const where = url === `${listens}/` ? url : `${url}, through ${listens}`;
  const hint = isEmpty ? "Nothing is registered yet; run: npx plugbay sync\n" : "";
  const text = `The panel is at ${where}\n${hint}Ctrl-C ends it.`;
  writeOutput(`${json ? JSON.stringify({ url, listens }) : text}\n`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("It is a number from 0 to 65535.");
}

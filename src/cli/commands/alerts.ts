import type { Command } from "commander";
import { post } from "../../seeing/alerts/post.ts";
import { newUuid } from "../../store/uuid.ts";
import { systemClock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Report } from "../report.ts";
import { formatTable } from "../table.ts";

export function addAlerts(program: Command): void {
  const alerts = program.command("alerts").description("Tries who is told what needs attention.");
  addCommand(alerts, "test", "Sends a test to all that the config tells, and says what came back.", [
    "alerts test",
    "alerts test --json",
  ]).action(reporting(test));
}

async function test({ config }: CommonOptions): Promise<Report> {
  const { alerts = [], namespace = "default" } = await loadConfig(config);
  const results = await Promise.all(
    alerts.map(async (target) => {
      const data = { namespace };
      const message = { type: "alerts.test", timestamp: isoTime(systemClock), data } as const;
      const posted = await post(target.request(message, newUuid()));
      return { target: target.name, problem: posted.kind === "sent" ? null : posted.problem };
    }),
  );
  const rows = results.map(({ target, problem }) => [target, problem ?? "sent"]);
  return {
    json: results,
    text: rows.length === 0 ? "The config has no alerts." : formatTable(["TARGET", "OUTCOME"], rows),
    exitCode: results.every(({ problem }) => problem === null) ? exitCodes.success : exitCodes.failure,
  };
}

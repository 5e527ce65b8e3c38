import type { Messages } from "../message.ts";

/** The page of the processes that serve. */
export const processes = {
  "processes.title": "Processes",
  "processes.intro": {
    one: "{count} process serves. The latest revision is {revision}.",
    other: "{count} processes serve. The latest revision is {revision}.",
  },
  "processes.none.title": "No process has reported yet",
  "processes.none.hint":
    "Each process reports within 15 seconds of its start, as long as the database answers. If this page stays empty, check the application's log.",
  "processes.name": "Process {pid} on {host}",
  "processes.this": "This panel's process",
  "processes.this.hint": "It answers this panel. Readiness on the other pages is what this process sees.",
  "processes.panel": "This panel's process: {pid} on {host}",
  "processes.panel.hint": "It only shows the panel, serves nothing, and is not counted.",
  "processes.upToDate": "Up to date",
  "processes.behind": { one: "{count} revision behind", other: "{count} revisions behind" },
  "processes.behind.hint":
    "It serves from an older revision until it has read the latest one, which takes seconds. If it stays behind, check its connection to the database.",
  "processes.unheard": "No report since the latest change",
  "processes.unheard.hint":
    "It reports a new revision within a second, and every 15 seconds that it is there.",
  "processes.silent": "Silent",
  "processes.silent.hint":
    "It reports every 15 seconds, and has stopped: it was killed, is stuck, or has lost the database. It leaves this list by itself.",
  "processes.state": "State",
  "processes.state.live": "Live",
  "processes.state.stale": "Stale",
  "processes.state.stale.hint": "It has lost the database and serves from its last snapshot.",
  "processes.state.bootstrapped": "Without database",
  "processes.state.bootstrapped.hint":
    "It has not reached the database since its start and serves from its code or its last snapshot.",
  "processes.state.closed": "Closed",
  "processes.revision": "Revision",
  "processes.transport": "Learns of changes by",
  "processes.transport.listen": "PostgreSQL, at once",
  "processes.transport.redis": "Redis, at once",
  "processes.transport.poll": "Polling",
  "processes.version": "Version",
  "processes.version.none": "Not set",
  "processes.started": "Started",
  "processes.seen": "Last report",
  "processes.count": { one: "{count} process", other: "{count} processes" },
  "processes.failed": "Failed plugins",
  "processes.misses": { one: "{count} plugin is missing", other: "{count} plugins are missing" },
  "processes.misses.hint": "This process does not have the code of plugins whose items are in use.",
  "processes.failures": { one: "{count} plugin failed", other: "{count} plugins failed" },
  "processes.healthy": "All plugins in use are available.",
  "processes.more": { one: "{count} more", other: "{count} more" },
  "diagnosis.title": "Diagnosis",
  "diagnosis.hint":
    "Checks all rows, the plugins and the processes for problems. The findings are in English.",
  "diagnosis.run": "Diagnose",
  "diagnosis.again": "Diagnose again",
  "diagnosis.well": "No problems found.",
  "diagnosis.problems": { one: "{count} problem", other: "{count} problems" },
  "diagnosis.warnings": { one: "{count} warning", other: "{count} warnings" },
  "diagnosis.problem": "Problem",
  "diagnosis.warning": "Warning",
  "diagnosis.item": "Open the item",
} as const satisfies Messages;

import type { Messages } from "../message.ts";

/** The page of the processes that serve. */
export const processes = {
  "processes.title": "Processes",
  "processes.intro": {
    one: "{count} process serves. The latest revision is {revision}.",
    other: "{count} processes serve. The latest revision is {revision}.",
  },
  "processes.none.title": "No process has been heard from",
  "processes.none.hint":
    "Every process notes itself within 15 seconds of its start, while the database answers. If this stays empty, look at the application's log.",
  "processes.name": "Process {pid} on {host}",
  "processes.this": "Answers you",
  "processes.this.hint":
    "The process that answers this panel. Readiness on the other pages is what it found.",
  "processes.upToDate": "Up to date",
  "processes.behind": { one: "{count} revision behind", other: "{count} revisions behind" },
  "processes.behind.hint":
    "It serves by an older order until it has read the latest one, which takes seconds. If it stays behind, its connection to the database is broken.",
  "processes.unheard": "Not heard from since the latest change",
  "processes.unheard.hint": "It says every 15 seconds which revision it is at. Wait for the next time.",
  "processes.silent": "Silent",
  "processes.silent.hint":
    "It notes itself every 15 seconds and has not done so lately: it was killed, is stuck, or has lost the database. It leaves this list by itself.",
  "processes.state": "State",
  "processes.state.live": "Live",
  "processes.state.stale": "Stale",
  "processes.state.stale.hint": "It has lost the database and serves what it knew last.",
  "processes.state.bootstrapped": "Without database",
  "processes.state.bootstrapped.hint":
    "It has not reached the database since its start and serves what its code or its last snapshot says.",
  "processes.state.closed": "Closed",
  "processes.revision": "Revision",
  "processes.transport": "Told of changes by",
  "processes.transport.listen": "PostgreSQL, at once",
  "processes.transport.redis": "Redis, at once",
  "processes.transport.poll": "Asking again and again",
  "processes.version": "Version",
  "processes.version.none": "Not given",
  "processes.started": "Started",
  "processes.seen": "Last heard from",
  "processes.misses": { one: "{count} plugin is missing", other: "{count} plugins are missing" },
  "processes.misses.hint": "There are items in use for plugins that this process does not have in its code.",
  "processes.failures": { one: "{count} plugin failed", other: "{count} plugins failed" },
  "processes.healthy": "All plugins in use are at hand.",
  "processes.more": { one: "{count} more", other: "{count} more" },
  "diagnosis.title": "Diagnosis",
  "diagnosis.hint":
    "Reads all rows and says what is wrong with them, with the plugins and with the processes. The findings are in English.",
  "diagnosis.run": "Diagnose",
  "diagnosis.again": "Diagnose again",
  "diagnosis.well": "Nothing is wrong.",
  "diagnosis.problems": { one: "{count} problem", other: "{count} problems" },
  "diagnosis.warnings": { one: "{count} warning", other: "{count} warnings" },
  "diagnosis.problem": "Problem",
  "diagnosis.warning": "Warning",
  "diagnosis.item": "To the item",
} as const satisfies Messages;

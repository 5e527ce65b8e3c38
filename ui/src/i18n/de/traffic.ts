import type { traffic as source } from "../en/traffic.ts";
import type { Translation } from "../message.ts";

export const traffic: Translation<typeof source> = {
  "traffic.tab": "Verkehr",
  "traffic.range": "Gezeigte Zeit",
  "traffic.range.hour": "Letzte Stunde",
  "traffic.range.14d": "14 Tage",
  "traffic.none.title": "Keine Aufrufe",
  "traffic.none.hint": "In dieser Zeit wurde nichts über run, service, stream oder runAll aufgerufen.",
  "traffic.calls": "Aufrufe",
  "traffic.failures": "Fehler",
  "traffic.unrescued": "Für den Aufrufer fehlgeschlagen oder wiederholt",
  "traffic.rescued": "Von einem anderen Element aufgefangen",
  "traffic.durations": "Dauer",
  "traffic.p50": "p50",
  "traffic.p95": "p95",
  "traffic.ms": "{ms} ms",
  "traffic.seconds": "{seconds} s",
  "traffic.time": "Zeit",
  "traffic.others": "Übrige",
  "traffic.table": "Als Tabelle zeigen",
  "traffic.steps": "Aufrufe nach Zeit",
  "traffic.byItem": "Aufrufe nach Element",
  "traffic.outcomes": "Arten von Fehlern",
  "traffic.changes": "Änderungen in dieser Zeit",
  "traffic.changes.none": "Keine Änderungen in dieser Zeit.",
  "traffic.changes.all": "Verlauf",
};

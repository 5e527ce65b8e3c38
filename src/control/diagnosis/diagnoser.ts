import type { SchemaWait } from "../../definition/check-config.ts";
import type { Store } from "../../store/store.ts";
import { bringUpToDate, type View } from "../view.ts";
import { diagnose } from "./diagnose.ts";
import type { Finding } from "./finding.ts";
import { writtenEvidence } from "./written-evidence.ts";

/** What `diagnose` found. */
export interface Diagnosis {
  /** How many of the findings are problems. */
  readonly problems: number;
  /** How many of them are warnings. */
  readonly warnings: number;
  /** The gravest first; at most 1,000. */
  readonly findings: readonly Finding[];
}

/** How many findings are told, at most. */
const mostFindings = 1_000;

/** Diagnoses as this process sees it, once at a time: it reads all rows. Who asks meanwhile gets the same. */
export class Diagnoser {
  readonly #view: View;
  readonly #store: Store;
  readonly #wait: SchemaWait;
  #running: Promise<Diagnosis> | undefined;

  constructor(view: View, store: Store, wait: SchemaWait) {
    this.#view = view;
    this.#store = store;
    this.#wait = wait;
  }

  run(): Promise<Diagnosis> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<Diagnosis> {
    const view = this.#view;
    await bringUpToDate(view);
    const { snapshot, registry } = view;
    const rows = await this.#store.readAll();
    const written = await writtenEvidence(registry, this.#store, this.#wait, rows);
    const findings = diagnose({ snapshot, registry, readiness: (item) => view.readiness(item), written });
    const of = (level: Finding["level"]): number => findings.filter((one) => one.level === level).length;
    return {
      problems: of("problem"),
      warnings: of("warning"),
      findings: findings.slice(0, mostFindings),
    };
  }
}

import { sql } from "kysely";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import type { Connection } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import { NoConnectionError } from "./errors.ts";
import type { Reads } from "./reads.ts";
import { silence, silentFor } from "./silence.ts";

/**
 * What is known of a database that somebody waits for. `unknown`: it may be silent, or the connection that could tell
 * may be in use, as those of a file or of an application's own instance may be.
 */
export type Life = "answers" | "silent" | "unknown";

/**
 * Asks whether the database answers anybody, whatever else it was asked, and whoever has the connections that were lent.
 * To say what is wrong is to answer. Never throws.
 */
export async function lifeOf(
  connection: Connection,
  reads: Reads,
  dialect: StoreDialect,
  clock: Clock,
): Promise<Life> {
  const { probe, connections } = connection;
  const ms = silence.checkMs;
  const asked: Promise<unknown> = probe?.() ?? reads.look((db) => sql`select 1`.execute(db));
  const error: unknown = await within(asked, { clock, ms, late: () => silentFor(ms) }).then(
    () => undefined,
    (reason) => reason,
  );
  const isSilent = error instanceof NoConnectionError || dialect.meaningOf(error)?.kind === "unreachable";
  if (!isSilent) return "answers";
  return probe || connections ? "silent" : "unknown";
}

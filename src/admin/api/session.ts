import type { TypeIdentity } from "../../definition/identity.ts";

/** GET session */
export interface SessionInfo {
  readonly actor: string;
  readonly access: "read" | "write";
  /** The types that may be changed; null: all. */
  readonly types: readonly TypeIdentity[] | null;
  readonly title: string;
  readonly namespace: string;
  /** The language the host chose; null: the browser's. */
  readonly locale: string | null;
  /** Where to sign out; null where the host application minds that. */
  readonly signOutUrl: string | null;
  readonly state: StateInfo;
}

/** How the process that answers stands with the database. */
export interface StateInfo {
  readonly kind: "live" | "stale" | "bootstrapped" | "closed";
  readonly revision: number;
  readonly ageMs: number;
  readonly transport: string;
  /** Since when and why the database does not answer, where it does not. */
  readonly since?: string;
  readonly cause?: string;
}

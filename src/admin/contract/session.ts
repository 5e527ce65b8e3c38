import { endpoint } from "./endpoint.ts";
import {
  count,
  flag,
  list,
  nullable,
  number,
  type Of,
  object,
  oneOf,
  optional,
  text,
  time,
} from "./schema.ts";
import { TypeIdentity } from "./words.ts";

/** How the process that answers stands with the database. */
export type StateInfo = Of<typeof StateInfo>;
export const StateInfo = object(
  {
    kind: oneOf(["live", "stale", "bootstrapped", "closed"]),
    revision: count(),
    ageMs: number(),
    transport: text(),
    since: optional(time({ description: "Since when the database does not answer, where it does not." })),
    cause: optional(text({ description: "Why it does not." })),
  },
  { title: "StateInfo" },
);

export type SessionInfo = Of<typeof SessionInfo>;
export const SessionInfo = object(
  {
    actor: text(),
    access: oneOf(["read", "write"]),
    requireReason: flag({ description: "Whether changes are refused that say no reason." }),
    types: nullable(list(TypeIdentity), { description: "The types that may be changed; null: all." }),
    title: text(),
    environment: nullable(text(), { description: "Where the application runs; null where it was not said." }),
    namespace: text(),
    locale: nullable(text(), { description: "The language the host chose; null: the browser's." }),
    signOutUrl: nullable(text(), {
      description: "Where to sign out; null where the host application minds that.",
    }),
    state: StateInfo,
  },
  { title: "SessionInfo" },
);

export const getSession = endpoint({
  method: "GET",
  path: "/session",
  summary: "Who is signed in, what they may do, and how this process stands with the database",
  answer: SessionInfo,
});

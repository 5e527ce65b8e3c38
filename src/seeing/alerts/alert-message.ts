import type { Action, Source } from "../../store/change.ts";
import type { AttentionEntry } from "../attention/attention-entry.ts";

/** A change that somebody made, without the values. */
export interface ToldChange {
  /** The revision that it made. */
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Who made it; null where that was not said. */
  readonly actor: string | null;
  /** Where it came from. */
  readonly source: Source;
  /** Why, as who made it said; null where that was not said. */
  readonly reason: string | null;
  /** What happened. */
  readonly action: Action;
  /** The item or the type that was changed, in words. */
  readonly subject: string;
  /** The fields that it touched. */
  readonly fields: readonly string[];
}

/** What an alert tells, as it is sent to a webhook. */
export type AlertMessage = {
  /** ISO 8601, UTC: when it was sent. */
  readonly timestamp: string;
} & (
  | {
      /** Whether an entry has begun, or ended. */
      readonly type: "attention.new" | "attention.ended";
      /** What is told. */
      readonly data: {
        /** The namespace of the application. */
        readonly namespace: string;
        /** The entry, as it is, or was last. */
        readonly entry: AttentionEntry;
        /** ISO 8601, UTC; absent while it lasts. */
        readonly endedAt?: string;
        /** The page of the panel that shows it. */
        readonly url?: string;
      };
    }
  | {
      /** What operators have changed. */
      readonly type: "items.changed";
      /** What is told. */
      readonly data: {
        /** The namespace of the application. */
        readonly namespace: string;
        /** The oldest first; at most 50. */
        readonly changes: readonly ToldChange[];
        /** How many more the last of these revisions has, which are left out. */
        readonly more: number;
      };
    }
  | {
      /** Somebody tries whether alerts arrive. */
      readonly type: "alerts.test";
      /** What is told. */
      readonly data: {
        /** The namespace of the application. */
        readonly namespace: string;
      };
    }
);

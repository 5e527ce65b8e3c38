/** What a target is to be told of an entry. */
export type AlertEvent = "new" | "ended";

/** What a target was told of an entry. Times are epoch milliseconds by the database's time. */
export interface Delivery {
  /** What it was told last; null for nothing. */
  readonly told: AlertEvent | null;
  /** What it is being told. */
  readonly attempt: {
    /** Of the message, however often it is sent. */
    readonly id: string;
    readonly event: AlertEvent;
    readonly tries: number;
    readonly begunAt: number;
    readonly nextAt: number;
  } | null;
  /** Nothing is sent before. */
  readonly quietUntil: number;
}

/** No target hears of an entry more often, in milliseconds: a minute, and what a request may take longer than another. */
export const quietMs = 65_000;

/** A message that could not be sent for so long is given up, in milliseconds. */
export const givenUpAfterMs = 86_400_000;

const pauses = { firstMs: 5_000, longestMs: 3_600_000 };

const nothing: Delivery = { told: null, attempt: null, quietUntil: 0 };

/** What is to be done: `send` once the delivery is noted, which is that of a request whose outcome nobody knows. */
export type Step =
  | { readonly kind: "none" }
  | { readonly kind: "give-up"; readonly delivery: Delivery }
  | { readonly kind: "send"; readonly id: string; readonly delivery: Delivery };

/** What is to be done so that a target knows of the latest that became of an entry, and of nothing in between. */
export function nextStep(
  known: Delivery | undefined,
  wanted: AlertEvent,
  now: number,
  newId: () => string,
): Step {
  const before = known ?? nothing;
  if (before.told === wanted && before.attempt === null) return { kind: "none" };
  const attempt =
    before.attempt?.event === wanted
      ? before.attempt
      : { id: newId(), event: wanted, tries: 0, begunAt: now, nextAt: 0 };
  if (now < Math.max(before.quietUntil, attempt.nextAt)) return { kind: "none" };
  if (now - attempt.begunAt > givenUpAfterMs)
    return { kind: "give-up", delivery: { ...before, told: wanted, attempt: null } };
  const quietUntil = now + quietMs;
  const tries = attempt.tries + 1;
  return {
    kind: "send",
    id: attempt.id,
    delivery: { told: before.told, attempt: { ...attempt, tries, nextAt: quietUntil }, quietUntil },
  };
}

/** How long is waited after so many tries that failed, in milliseconds. */
export function pauseAfter(tries: number, random: () => number): number {
  const longest = Math.min(pauses.longestMs, pauses.firstMs * 2 ** Math.min(tries - 1, 20));
  return longest * (0.5 + random() / 2);
}

/** The delivery once it is known what became of the request. */
export function afterRequest(
  sent: Delivery,
  outcome: "sent" | "unsent" | "failed",
  now: number,
  random: () => number,
): Delivery {
  const { attempt } = sent;
  if (attempt === null) return sent;
  if (outcome === "sent") return { told: attempt.event, attempt: null, quietUntil: sent.quietUntil };
  const pause = pauseAfter(attempt.tries, random);
  // What cannot have arrived is soon tried again.
  if (outcome === "unsent") return { ...sent, attempt: { ...attempt, nextAt: now + pause }, quietUntil: 0 };
  return { ...sent, attempt: { ...attempt, nextAt: Math.max(sent.quietUntil, now + pause) } };
}

/** What another process has noted; undefined where that is of another form. */
export function readDelivery(state: unknown): Delivery | undefined {
  const noted = state as Delivery | null | undefined;
  const isKnown =
    typeof noted === "object" &&
    noted !== null &&
    Number.isFinite(noted.quietUntil) &&
    (noted.told === null || isEvent(noted.told)) &&
    (noted.attempt === null || (typeof noted.attempt?.id === "string" && isEvent(noted.attempt.event)));
  return isKnown ? noted : undefined;
}

const isEvent = (event: unknown): event is AlertEvent => event === "new" || event === "ended";

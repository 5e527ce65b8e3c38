/** How this process hears of changes: by asking, by PostgreSQL's LISTEN, or by Redis. */
export type Transport = "poll" | PushChannel["transport"];

/** A line over which processes tell each other that there is something to read; never what. */
export interface PushChannel {
  /** What `state` and the `transport` event call it. */
  readonly transport: "listen" | "redis";
  /** Who hears of a change: the writing transaction itself tells (PostgreSQL), or it is told after the commit. */
  readonly publishes: "in transaction" | "after commit";
  /**
   * Resolves once messages come in. A subscription that is lost calls `end` once, and is over. Each call makes a
   * subscription of its own, also for a topic that is subscribed to already. Once `signal` is aborted, no connection
   * is left of one that was still being made, and the call rejects.
   */
  subscribe(topic: string, on: PushHandlers, signal?: AbortSignal): Promise<PushSubscription>;
  /** Opens what it needs at the first call. */
  publish(topic: string, message: string): Promise<void>;
  /** Called when the last plugbay that uses the channel is closed; one that is opened later may use it again. */
  close(): Promise<void>;
}

export interface PushHandlers {
  readonly message: (message: string) => void;
  readonly end: (cause: unknown) => void;
}

export interface PushSubscription {
  /** Resolves when the other side still answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

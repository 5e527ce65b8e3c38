/** A message as it arrived. */
export interface Receipt {
  readonly at: Date;
  readonly to: string;
  readonly text: string;
}

/** Where a provider delivers to. In production this is somebody else's. */
export interface Receiver {
  received(): Promise<readonly Receipt[]>;
}

/** A receiver that listens on loopback, and that can be stopped to see what happens then. */
export interface ReceivingServer extends Receiver {
  readonly url: string;
  readonly isRunning: boolean;
  /** Listens: the first time on a port that is free, later on the same one. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

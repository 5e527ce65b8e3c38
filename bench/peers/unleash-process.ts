import { startUnleash } from "unleash-client";

/** A process that follows a flag by the SDK of Unleash, and tells which variant it serves from when on. */
export interface Followed {
  readonly variant: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

const [url, refreshInterval] = process.argv.slice(2);
if (url !== undefined && process.send !== undefined) {
  process.on("disconnect", () => process.exit());
  const unleash = await startUnleash({
    url: `${url}/api/`,
    appName: "bench",
    disableMetrics: true,
    // Without it: the SDK's own interval.
    ...(refreshInterval === undefined ? {} : { refreshInterval: Number(refreshInterval) }),
    storageProvider: { get: async () => undefined, set: async () => undefined },
  });
  const tell = (): void => {
    const { name: variant } = unleash.getVariant("flag-0", { userId: "42" });
    process.send?.({ variant, at: performance.timeOrigin + performance.now() } satisfies Followed);
  };
  unleash.on("changed", tell);
  tell();
}

/**
 * Has Next leave to requests what it renders in its build. Next notes that before it throws, so a page that
 * catches errors is not kept as it looks without plugbay. What cannot be left to a request fails the build.
 */
export async function leaveBuild(): Promise<never> {
  const connection = await findConnection();
  let refusal: unknown;
  try {
    // Never resolves where Next prerenders the rest of a page.
    await connection?.();
  } catch (error) {
    if (hasDigest(error)) throw error;
    refusal = error;
  }
  const error = atBuild(refusal);
  // Uncaught, one of these ends the build, whatever the application does with its own.
  if (connection) {
    setImmediate(() => {
      throw error;
    });
  }
  throw error;
}

/** Undefined where the application's Next cannot be found from here, or has no such function. */
async function findConnection(): Promise<(() => Promise<void>) | undefined> {
  try {
    // biome-ignore lint/correctness/noUndeclaredDependencies: whoever gets here has Next, and no peer, for npm reads the peers of peers too
    const { connection } = await import(/* turbopackOptional: true */ "next/server.js");
    return connection;
  } catch {
    return undefined;
  }
}

/** By a digest Next knows its own errors. */
const hasDigest = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "digest" in error;

function atBuild(cause: unknown): Error {
  const message =
    "next build does not open plugbay: call plugbay() where a request is handled, and not at the top of a module, " +
    'in getStaticProps, generateStaticParams or a cached function, nor on a page with dynamic = "force-static" or "error"';
  return Object.assign(new Error(message, { cause }), { digest: "DYNAMIC_SERVER_USAGE" });
}

import { InvalidOptionError } from "../definition/errors.ts";
import { checkKnown } from "../definition/known-options.ts";

/**
 * What may stand in for the database at the start: what the code declares, or the last good snapshot, which is
 * kept in that file.
 */
export type BootstrapSource =
  | "code"
  | {
      /** The path of the snapshot file, which this process writes too. */
      readonly file: string;
    };

/** "fail" stands alone: it says that there is no source. */
export type Bootstrap = "fail" | BootstrapSource | readonly BootstrapSource[];

const expectation = `it is "fail", "code", { file: path }, or a list such as [{ file: path }, "code"]`;

/** The sources in the order in which they are tried. @throws InvalidOptionError */
export function bootstrapSources(bootstrap: Bootstrap): readonly BootstrapSource[] {
  if (bootstrap === "fail") return [];
  if (!isList(bootstrap)) {
    if (!isSource(bootstrap)) throw new InvalidOptionError("bootstrap", bootstrap, expectation);
    return [bootstrap];
  }
  if (bootstrap.length === 0) {
    throw new InvalidOptionError("bootstrap", bootstrap, `the list is empty; ${expectation}`);
  }
  for (const source of bootstrap) {
    if ((source as unknown) === "fail") {
      throw new InvalidOptionError(
        "bootstrap",
        bootstrap,
        'a list cannot have "fail": leave it out, for a list that ends without "code" fails',
      );
    }
    if (!isSource(source)) throw new InvalidOptionError("bootstrap", bootstrap, expectation);
  }
  if (bootstrap.slice(0, -1).includes("code")) {
    throw new InvalidOptionError(
      "bootstrap",
      bootstrap,
      '"code" comes last: it always serves, so what follows it would never be tried',
    );
  }
  return bootstrap;
}

const isList = (bootstrap: Bootstrap): bootstrap is readonly BootstrapSource[] => Array.isArray(bootstrap);

function isSource(source: unknown): source is BootstrapSource {
  if (source === "code") return true;
  if (typeof source !== "object" || source === null || !("file" in source)) return false;
  checkKnown("a file of bootstrap", source, { file: true });
  return typeof source.file === "string" && source.file !== "";
}

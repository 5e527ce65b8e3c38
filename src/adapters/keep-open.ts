import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { Plugbay } from "../plugbay.ts";
import { leaveBuild } from "./leave-build.ts";

/** What `keepOpen` may be told. */
export interface KeepOpenOptions {
  /** Tells several ones of a process apart. Default `plugbay`. */
  readonly name?: string;
}

/** What all copies of the module that opens plugbay share in a process. */
interface Kept {
  open: () => Plugbay | Promise<Plugbay>;
  /** Whether `open` is newer than what was opened. */
  isOutdated: boolean;
  /** What callers get; undefined before the first call, and after one that failed. */
  opening: Promise<Plugbay> | undefined;
  /** The one that is open. */
  current: Plugbay | undefined;
}

/** Shared by all copies of this package in a process. */
const place = Symbol.for("plugbay.next.open");

/**
 * One open plugbay for all of a Next application, though Next evaluates the module that opens it once per
 * bundle, and in development again after each edit. The function that is returned opens it at the first call.
 * In development it opens it anew after an edit, with the new definitions, and closes the former one: so call
 * it at each use, and keep nothing that it returned.
 *
 * `next build` opens nothing: what calls it then is rendered at each request instead, and where that cannot be,
 * the build fails.
 *
 * @example
 * export const plugbay = keepOpen(() =>
 *   openPlugbay({ database: postgres(process.env.DATABASE_URL), plugins }),
 * );
 * // elsewhere
 * (await plugbay()).get(otp)?.sendOtp("+1 555 0100", "123456");
 */
export function keepOpen(
  open: () => Plugbay | Promise<Plugbay>,
  options: KeepOpenOptions = {},
): () => Promise<Plugbay> {
  checkKnown("keepOpen", options, { name: true } satisfies OptionNames<KeepOpenOptions>);
  const { name = "plugbay" } = options;
  const all = everythingKept();
  const kept = all.get(name) ?? { open, isOutdated: true, opening: undefined, current: undefined };
  all.set(name, kept);
  // In production a further evaluation is another bundle's, of the same code.
  if (process.env.NODE_ENV !== "production") {
    kept.open = open;
    kept.isOutdated = true;
  }
  return async () => {
    if (process.env.NEXT_PHASE === "phase-production-build") return leaveBuild();
    if (kept.isOutdated || kept.opening === undefined) kept.opening = openAnew(kept);
    return kept.opening;
  };
}

function everythingKept(): Map<string, Kept> {
  const shared = globalThis as { [place]?: Map<string, Kept> };
  shared[place] ??= new Map();
  return shared[place];
}

/** Opens once the opening before has come to an end, and then closes what that has opened. */
function openAnew(kept: Kept): Promise<Plugbay> {
  const before = kept.opening?.catch(() => undefined);
  kept.isOutdated = false;
  const opening = Promise.resolve(before)
    .then(() => kept.open())
    .then(
      (plugbay) => {
        void kept.current?.close();
        kept.current = plugbay;
        return plugbay;
      },
      (error: unknown) => {
        if (kept.opening === opening) kept.opening = undefined;
        throw error;
      },
    );
  return opening;
}

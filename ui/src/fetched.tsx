import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useEffect } from "react";
import { request } from "./api/client.ts";
import { queryKeys } from "./api/query-keys.ts";
import { ErrorState } from "./components/error-state.tsx";
import { PageSkeleton } from "./components/page-skeleton.tsx";
import { loadEnglish } from "./i18n/english.ts";
import { MissingCode } from "./missing-code.ts";

interface Fetched<Props> {
  /** Its code and texts. What could not be fetched is fetched again when this is called again. */
  readonly fetch: () => Promise<unknown>;
  /** Waits for its code where it is not there yet, and for nothing where it is. */
  readonly Part: ComponentType<Props>;
}

/**
 * A part of the panel whose code is fetched. React's `lazy` would keep a failure; this part says why its code does
 * not come, and goes on when the server answers again.
 */
export function fetched<Props extends object>(
  name: string,
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  { isPage = false }: { readonly isPage?: boolean } = {},
): Fetched<Props> {
  let known: ComponentType<Props> | undefined;
  const fetch = async () => {
    const [part] = await Promise.all([load(), loadEnglish()]);
    known = part.default;
    return known;
  };

  function Part(props: Props) {
    const { data, error, refetch } = useQuery({
      queryKey: queryKeys.code(name),
      queryFn: () => fetch().catch(explain),
      initialData: () => known,
      staleTime: Number.POSITIVE_INFINITY,
    });
    const isOfOldVersion = isPage && error instanceof MissingCode;
    useEffect(() => {
      if (isOfOldVersion) reloadOnce();
    }, [isOfOldVersion]);
    const Shown = data;
    if (Shown !== undefined) return <Shown {...props} />;
    return error === null ? <PageSkeleton rows={3} /> : <ErrorState error={error} onRetry={refetch} />;
  }

  return { fetch, Part };
}

const reloadedAt = "plugbay.reloadedAt";
const newVersionMs = 60_000;

/** Takes up the version that was deployed since the panel was opened; at most once a minute, should that not help. */
function reloadOnce(): void {
  try {
    const last = Number(sessionStorage.getItem(reloadedAt) ?? 0);
    if (Date.now() - last < newVersionMs) return;
    sessionStorage.setItem(reloadedAt, String(Date.now()));
  } catch {
    // Without a place to note it, reloading might go on for ever.
    return;
  }
  location.reload();
}

/** An import says no more than that it failed. Whether the sign-in answered, or nobody, is asked of the API. */
async function explain(cause: unknown): Promise<never> {
  await request("GET /session");
  throw new MissingCode("The server has no such code.", { cause });
}

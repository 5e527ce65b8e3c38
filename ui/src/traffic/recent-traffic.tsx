import { createContext, type ReactNode, use } from "react";
import type { RecentTrafficInfo } from "../../../src/admin/contract/contract.ts";
import { useRecentTraffic } from "../api/queries.ts";

type Subjects = RecentTrafficInfo["subjects"];

const Recent = createContext<Subjects>({});

interface RecentTrafficProps {
  readonly of: "types" | "items";
  readonly ids: readonly string[];
  readonly children: ReactNode;
}

/** Asks for the last hour of what a list shows, at most 100 of them, once. */
export function RecentTraffic({ of, ids, children }: RecentTrafficProps) {
  const { data } = useRecentTraffic(of, ids);
  return <Recent value={data?.subjects ?? {}}>{children}</Recent>;
}

/** The last hour of a type or an item in a list; undefined where it had no calls. */
export const useLastHour = (id: string): Subjects[string] | undefined => use(Recent)[id];

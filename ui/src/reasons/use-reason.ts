import { useState } from "react";
import { useSession } from "../api/queries.ts";

/** As long as the server takes, in characters. */
export const longestReason = 500;

/** What is typed into a reason's field. */
export interface Reason {
  readonly typed: string;
  readonly type: (typed: string) => void;
  /** What is sent; "" is no reason. */
  readonly said: string;
  readonly isRequired: boolean;
  readonly isLong: boolean;
  /** Whether a change may be sent with it. */
  readonly isReady: boolean;
  readonly clear: () => void;
}

/** Whether the server refuses changes that say no reason. */
export const useRequiresReason = (): boolean => useSession().data?.requireReason ?? false;

export function useReason(): Reason {
  const isRequired = useRequiresReason();
  const [typed, type] = useState("");
  const said = typed.trim();
  const isLong = [...said].length > longestReason;
  const isReady = !isLong && (said !== "" || !isRequired);
  return { typed, type, said, isRequired, isLong, isReady, clear: () => type("") };
}

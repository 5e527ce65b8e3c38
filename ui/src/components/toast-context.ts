import { createContext, use } from "react";

export type ToastTone = "good" | "bad";

/**
 * Says in a corner, and to screen readers, what came of an action. With the revision that it made, the message says in
 * how many processes it is in force, and, unless it is final, offers to undo all of it.
 */
export type ShowToast = (
  tone: ToastTone,
  message: string,
  revision?: number | undefined,
  isFinal?: boolean,
) => void;

export const ToastContext = createContext<ShowToast>(() => {});

export const useToast = (): ShowToast => use(ToastContext);

import { createContext, use } from "react";

export type ToastTone = "good" | "bad";

/** Says in a corner, and to screen readers, what came of an action. */
export type ShowToast = (tone: ToastTone, message: string) => void;

export const ToastContext = createContext<ShowToast>(() => {});

export const useToast = (): ShowToast => use(ToastContext);

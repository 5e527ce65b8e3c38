import { createContext, use } from "react";

/** Asks for a reason where one is required and none was typed; resolves with "" where none is. Rejects with NoReason. */
export type AskReason = () => Promise<string>;

export const ReasonContext = createContext<AskReason>(() => Promise.resolve(""));

export const useAskReason = (): AskReason => use(ReasonContext);

/** Whoever was asked for a reason gave none, so nothing was sent. */
export class NoReason extends Error {
  override readonly name = "NoReason";
}

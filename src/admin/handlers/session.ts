import { contract } from "../contract/contract.ts";
import { presentState } from "../present/state.ts";
import { handler } from "./handler.ts";

export const getSession = handler(
  contract.getSession,
  ({
    caller: { actor, access, types, requireReason = false },
    settings: { title, environment, locale, signOutUrl },
    plugbay,
  }) => {
    const { namespace } = plugbay;
    const state = presentState(plugbay.state);
    return {
      actor,
      access,
      requireReason,
      // They may be tokens, which have more.
      types: types?.map(({ manager, name }) => ({ manager, name })) ?? null,
      title,
      environment,
      namespace,
      locale,
      signOutUrl,
      state,
    };
  },
);

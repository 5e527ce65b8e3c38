import { presentState } from "../present/state.ts";
import { route } from "./route.ts";

export const getSession = route({
  method: "GET",
  path: "/session",
  summary: "Who is signed in, what they may do, and how this process stands with the database",
  answer: "SessionInfo",
  handle({ caller: { actor, access, types }, settings: { title, locale, signOutUrl }, plugbay }) {
    const { namespace } = plugbay;
    const state = presentState(plugbay.state);
    return { actor, access, types: types ?? null, title, namespace, locale, signOutUrl, state };
  },
});

import { holdRequest, itemParams, releaseRequest } from "../schemas/inputs.ts";
import { describeChanged } from "./item.ts";
import { route } from "./route.ts";

export const holdItem = route({
  method: "POST",
  path: "/items/:itemId/hold",
  summary:
    "Puts an item aside, so that it gets no calls until it is released, or until it comes back by itself",
  writes: true,
  params: itemParams,
  body: holdRequest,
  answer: "ItemDetail",
  async handle({ params: { itemId }, body: { version, until, ...hold }, ...call }) {
    const request = { ...hold, ...(until !== undefined && { until: new Date(until) }) };
    return describeChanged(() => call.control.hold(itemId, request, { ...call.by, version }), call);
  },
});

export const releaseItem = route({
  method: "POST",
  path: "/items/:itemId/release",
  summary: "Ends the hold of an item before its time",
  writes: true,
  params: itemParams,
  body: releaseRequest,
  answer: "ItemDetail",
  async handle({ params: { itemId }, body: { version }, ...call }) {
    return describeChanged(() => call.control.release(itemId, { ...call.by, version }), call);
  },
});

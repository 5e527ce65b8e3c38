import { contract } from "../contract/contract.ts";
import { handler } from "./handler.ts";
import { describeChanged } from "./item.ts";

export const holdItem = handler(
  contract.holdItem,
  async ({ params: { itemId }, body: { version, until, ...hold }, ...call }) => {
    const request = { ...hold, ...(until !== undefined && { until: new Date(until) }) };
    return describeChanged(() => call.control.hold(itemId, request, { ...call.by, version }), call);
  },
);

export const releaseItem = handler(
  contract.releaseItem,
  async ({ params: { itemId }, body: { version }, ...call }) => {
    return describeChanged(() => call.control.release(itemId, { ...call.by, version }), call);
  },
);

export const serveNow = handler(
  contract.serveNow,
  ({ params: { itemId }, body: { until, ...rest }, control, by }) =>
    control.serveNow(itemId, { ...rest, ...by, ...(until !== undefined && { until: new Date(until) }) }),
);

export const endLead = handler(
  contract.endLead,
  async ({ params: { itemId }, body: { version }, ...call }) => {
    return describeChanged(() => call.control.endLead(itemId, { ...call.by, version }), call);
  },
);

import { contract } from "../contract/contract.ts";
import { handler } from "./handler.ts";

export const getTraffic = handler(contract.getTraffic, ({ control }) => control.trafficOverview());

export const getTypeTraffic = handler(
  contract.getTypeTraffic,
  ({ params: { typeId }, query: { range }, control }) => control.traffic({ typeId, range }),
);

export const getRecentTraffic = handler(
  contract.getRecentTraffic,
  async ({ query: { types, items }, control }) => {
    const { subjects, ...scale } = await control.recentTraffic({
      typeIds: types?.split(",") ?? [],
      itemIds: items?.split(",") ?? [],
    });
    return { ...scale, subjects: Object.fromEntries(subjects) };
  },
);

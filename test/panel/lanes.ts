import type { Status } from "../../src/definition/status.ts";
import type { PanelServer } from "./panel-server.ts";
import { otp } from "./providers.ts";

type Lanes = Readonly<Record<Status, readonly string[]>>;

const atFirst: Lanes = {
  active: ["mail", "sms", "pigeon", "telegraph"],
  reserve: ["voice"],
  disable: [],
};

/** Gives the items of the type `otp` the order back that they have in code. */
export async function resetLanes({ plugbay, idOf }: PanelServer): Promise<void> {
  const wanted = (Object.entries(atFirst) as [Status, readonly string[]][]).flatMap(([status, names]) =>
    names.map(async (name, index) => ({ id: await idOf(name), status, priority: (index + 1) * 10 })),
  );
  await plugbay.control.updateItems(await Promise.all(wanted), { actor: "nobody" });
}

/** The names of the type `otp` as they are served, which is as the database has them. */
export async function lanesNow({ plugbay }: PanelServer): Promise<Lanes> {
  await plugbay.refresh();
  const items = plugbay.items(otp);
  const lane = (status: Status) => items.filter((item) => item.status === status).map(({ name }) => name);
  return { active: lane("active"), reserve: lane("reserve"), disable: lane("disable") };
}

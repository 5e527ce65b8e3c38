import type { UnsavedConfig } from "../../control/config/config-checks.ts";
import type { Control } from "../../control/control.ts";
import { contract } from "../contract/contract.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import { handler } from "./handler.ts";

export const checkConfig = handler(
  contract.checkConfig,
  async ({ params: { typeId }, body: { itemId, config, ...plugin }, control, by, caller, places }) => {
    const type = await control.getType(typeId);
    const given = config === undefined ? {} : { config };
    if (itemId !== undefined) await refuseOtherItem(control, itemId, { type, ...plugin });
    const done = places.checks.take(caller.actor);
    try {
      return itemId === undefined
        ? await control.checkConfig({ type, ...plugin, ...given })
        : await control.checkItem(itemId, given, { actor: by.actor, source: by.source });
    } finally {
      done();
    }
  },
);

async function refuseOtherItem(
  control: Control,
  itemId: string,
  { type, module, name }: UnsavedConfig,
): Promise<void> {
  const item = await control.getItem(itemId);
  const isOfType = item.type.manager === type.manager && item.type.name === type.name;
  if (isOfType && item.module === module && item.name === name) return;
  const issues = [{ path: "/itemId", message: "is not an item of this plugin" }];
  throw new HttpProblem(400, "INVALID_INPUT", "the body is wrong", { issues });
}

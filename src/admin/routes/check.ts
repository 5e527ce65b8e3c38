import type { UnsavedConfig } from "../../control/config/config-checks.ts";
import type { Control } from "../../control/control.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import { checkRequest } from "../schemas/check-request.ts";
import { typeParams } from "../schemas/inputs.ts";
import { route } from "./route.ts";

export const checkConfig = route({
  method: "POST",
  path: "/types/:typeId/check",
  summary: "Tries whether a config works, saved or not; changes nothing",
  // A config that is sent decides where the item's secrets go.
  writes: "nothing",
  params: typeParams,
  body: checkRequest,
  answer: "CheckResult",
  async handle({ params: { typeId }, body: { itemId, config, ...plugin }, control }) {
    const type = await control.getType(typeId);
    const given = config === undefined ? {} : { config };
    if (itemId === undefined) return control.checkConfig({ type, ...plugin, ...given });
    await refuseOtherItem(control, itemId, { type, ...plugin });
    return control.checkItem(itemId, given);
  },
});

async function refuseOtherItem(
  control: Control,
  itemId: string,
  { type, module, name }: UnsavedConfig,
): Promise<void> {
  const item = await control.getItem(itemId);
  const isOfType = item.type.manager === type.manager && item.type.name === type.name;
  if (isOfType && item.module === module && item.name === name) return;
  const issues = [{ path: "/itemId", message: "is no item of this plugin" }];
  throw new HttpProblem(400, "INVALID_INPUT", "the body is wrong", { issues });
}

import { checkAccess } from "../../control/rights.ts";
import type { MiddlewareHandler } from "../../vendor/hono.ts";
import type { Environment } from "./environment.ts";

/** Refuses at the door who may change nothing, whatever they send. */
export const mayWrite: MiddlewareHandler<Environment> = async (context, next) => {
  checkAccess(context.get("caller"));
  await next();
};

import type { Control } from "../../control/control.ts";
import { propertyOf } from "../../thrown.ts";
import type { MiddlewareHandler } from "../../vendor/hono.ts";
import type { Authorization } from "../admin.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import type { Settings } from "../settings.ts";
import type { Environment } from "./environment.ts";

/** Refuses everybody that `authorize` does not know. */
export function authorized(settings: Settings, control: Control): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const caller = await callerOf(settings, context.req.raw, context.env.host);
    if (caller === null) throw notSignedIn(settings);
    context.set("caller", caller);
    const { actor: _, ...rights } = caller;
    context.set("control", control.limitedTo(rights));
    await next();
  };
}

/** Who sends a request, and what they may do here; null for nobody. */
export async function callerOf(
  settings: Settings,
  request: Request,
  host: unknown,
): Promise<Authorization | null> {
  const caller = await asked(settings, request, host);
  if (caller === null) return null;
  const { actor, access, types, mayPurge, requireReason } = caller;
  const isSound =
    typeof actor === "string" && actor.trim() !== "" && (access === "read" || access === "write");
  const hasSoundLimits =
    (types === undefined || Array.isArray(types)) &&
    [mayPurge, requireReason].every((right) => right === undefined || typeof right === "boolean");
  if (!isSound || !hasSoundLimits) {
    throw new TypeError(
      '"authorize" must return null or { actor, access: "read" | "write", types?, mayPurge?: boolean, requireReason?: boolean }',
    );
  }
  return {
    actor,
    access: settings.readOnly ? "read" : access,
    ...(types !== undefined && { types }),
    ...(mayPurge !== undefined && { mayPurge }),
    requireReason: settings.requireReason || requireReason === true,
  };
}

/** What `authorize` says; frameworks refuse by errors that carry a status, as @fastify/jwt and Koa's `throw` do. */
async function asked(
  { authorize }: Settings,
  request: Request,
  host: unknown,
): Promise<Authorization | null> {
  try {
    return (await authorize?.(request, host)) ?? null;
  } catch (error) {
    const status = propertyOf(error, "statusCode") ?? propertyOf(error, "status");
    // 400 is for credentials that cannot be read.
    if (status === 400 || status === 401) return null;
    if (status === 403) throw notLetIn();
    throw error;
  }
}

const notLetIn = (): HttpProblem =>
  new HttpProblem(403, "FORBIDDEN", "the application that this panel is part of does not let you in");

const notSignedIn = ({ authorize }: Settings): HttpProblem =>
  new HttpProblem(
    401,
    "UNAUTHORIZED",
    authorize === undefined
      ? 'no one may use this panel yet: give createAdmin the option "authorize", a function that says who ' +
          'sends a request, such as async (request) => ({ actor: "alice", access: "write" }), or null for nobody'
      : "sign in to the application that this panel is part of",
  );

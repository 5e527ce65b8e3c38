import type { Admin } from "../admin/admin.ts";

/** Has the admin answer a request. HEAD gets no body: one that never ends would keep its source busy for nobody. */
export async function ask(admin: Admin, request: Request): Promise<Response> {
  const response = await admin.fetch(request);
  if (request.method !== "HEAD" || response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
}

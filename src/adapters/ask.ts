import type { Admin } from "../admin/admin.ts";

/** Has the admin answer a request. HEAD gets no body: one that never ends would keep its source busy for nobody. */
export async function ask<HostRequest>(
  admin: Admin<HostRequest>,
  request: Request,
  host: HostRequest,
): Promise<Response> {
  // As an argument that is there, it is right whether it may be left out or not.
  const fetch = admin.fetch as (request: Request, host: HostRequest) => Promise<Response>;
  const response = await fetch(request, host);
  if (request.method !== "HEAD" || response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
}

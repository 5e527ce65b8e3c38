import type { NextRequest } from "next/server";
import { createAdmin } from "plugbay/admin";
import { toNext } from "plugbay/next";
import { plugbay } from "../../../../plugbay";
import { cookie, isSignedIn } from "../../../../session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = toNext(async () =>
  createAdmin(await plugbay(), {
    basePath: "/admin/plugins",
    authorize: (_request, { cookies }: NextRequest) =>
      isSignedIn(cookies.get(cookie)?.value) ? { actor: "alice", access: "write" } : null,
  }),
);

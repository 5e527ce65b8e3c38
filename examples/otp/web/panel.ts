import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { parse } from "hono/utils/cookie";
import type { Plugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toHono } from "plugbay/hono";
import type { DemoUser } from "./demo-user.ts";
import { signInPage } from "./sign-in-page.ts";

const cookie = "otp_demo";

/** The panel at `/admin`, and the sign-in in front of it. */
export function panelRoutes(plugbay: Plugbay, user: DemoUser): Hono {
  const app = new Hono();

  app.get("/sign-in", (context) =>
    context.html(signInPage(user.authorize(getCookie(context, cookie)) !== null)),
  );

  app.post("/sign-in", csrf(), async (context) => {
    const { name, password } = await context.req.parseBody();
    const session = user.signIn(name, password);
    if (session === undefined) return context.html(signInPage(false, "User or password is wrong."), 401);
    setCookie(context, cookie, session, { httpOnly: true, sameSite: "Strict", path: "/" });
    return context.redirect("/admin/", 303);
  });

  app.post("/sign-out", csrf(), (context) => {
    user.signOut(getCookie(context, cookie));
    return context.redirect("/sign-in", 303);
  });

  const admin = createAdmin(plugbay, {
    basePath: "/admin",
    title: "One-time codes",
    environment: "demo",
    signOutUrl: "/sign-in",
    authorize: ({ headers }) => user.authorize(parse(headers.get("cookie") ?? "", cookie)[cookie]),
  });
  app.get("/admin/*", async (context, next) => {
    const isPage = context.req.header("accept")?.includes("text/html") === true;
    if (isPage && user.authorize(getCookie(context, cookie)) === null)
      return context.redirect("/sign-in", 303);
    return next();
  });
  app.use("/admin/*", toHono(admin));

  return app;
}

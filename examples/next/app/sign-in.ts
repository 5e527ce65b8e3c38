"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cookie, sessionFor } from "../session";

export async function signIn(form: FormData): Promise<void> {
  const session = sessionFor(form.get("password"));
  if (session === undefined) redirect("/");
  (await cookies()).set(cookie, session, { httpOnly: true, sameSite: "strict" });
  redirect("/admin/plugins");
}

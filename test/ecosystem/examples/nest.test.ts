import { expect, test } from "vitest";
import { installExample, RunningServer } from "../harness/example.ts";

test("examples/nest sends by the choice of an operator, whose command is another process", async () => {
  await using app = await installExample("nest");
  await using server = await RunningServer.start(app);
  const sent = await server.ask("/sign-in/code", { method: "POST" });
  expect(await sent.text()).toBe("a code was sent to +1 555 0100");
  await expect.poll(() => server.printed).toContain("SMS to +1 555 0100: ");

  expect((await server.ask("/admin/api/items")).status).toBe(401);
  const headers = { authorization: "Bearer 4711" };
  expect((await server.ask("/admin/api/items", { headers })).status).toBe(200);
  expect(await (await server.ask("/health")).json()).toMatchObject({ status: "ok" });

  expect(await app.run("npx", "plugbay", "set", "sms", "--status", "disable")).toMatchObject({ code: 0 });
  await expect.poll(async () => (await server.ask("/sign-in/channel")).text()).toBe("mail");
  await server.ask("/sign-in/code", { method: "POST" });
  await expect.poll(() => server.printed).toContain("Mail to the owner of +1 555 0100: ");
  await server.interrupt();
});

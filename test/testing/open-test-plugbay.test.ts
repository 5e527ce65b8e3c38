import { spawnSync } from "node:child_process";
import { ClosedError, ConflictError, createRegistry } from "plugbay";
import { FakeClock, openTestPlugbay, type TestOptions, type TestPlugbay } from "plugbay/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { idOf, kavenegar, otp, sender, smsIr, twilio } from "./senders.ts";

const by = { actor: "alice" };

async function open(options: Partial<TestOptions> = {}): Promise<TestPlugbay> {
  const plugbay = await openTestPlugbay({ plugins: [otp, smsIr, kavenegar, twilio], ...options });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

const said = (plugbay: TestPlugbay) => plugbay.get(otp)?.sendOtp("+1 555 0100", "123456");

describe("a plugbay in memory", () => {
  test("serves what is registered, as operators choose it", async () => {
    const plugbay = await open();
    expect(await said(plugbay)).toBe("sms_ir");
    expect(plugbay.state.kind).toBe("live");
    await plugbay.control.updateItem(idOf(plugbay, "sms_ir"), { status: "disable" }, by);
    expect(await said(plugbay)).toBe("kavenegar");
    await plugbay.control.bulk({ query: { search: "kavenegar" } }, "reserve", by);
    expect(plugbay.items(otp).map(({ name, status }) => [name, status])).toEqual([
      ["kavenegar", "reserve"],
      ["sms_ir", "disable"],
    ]);
  });

  test("takes configs with secrets, encrypts them, and shows them to nobody", async () => {
    const plugbay = await open();
    const config = { token: "s3cret-token" };
    const item = await plugbay.control.createItem(
      { type: otp, module: "apps/otp-sms", name: "twilio", label: "us", config },
      by,
    );
    expect(JSON.stringify(plugbay.items(otp))).not.toContain("s3cret-token");
    expect(JSON.stringify(await plugbay.control.history())).not.toContain("s3cret-token");
    expect(await plugbay.getById(otp, item.id)?.sendOtp("+1 555 0101", "1")).toBe(
      "+1 555 0100 to +1 555 0101 by s3cret-token",
    );
    await plugbay.control.updateItem(item.id, { config: { from: "+1 555 0102" } }, by);
    expect(await plugbay.getById(otp, item.id)?.sendOtp("+1 555 0101", "1")).toBe(
      "+1 555 0102 to +1 555 0101 by s3cret-token",
    );
  });

  test("keeps a history, by which changes are found and reverted", async () => {
    const plugbay = await open({ actor: "deploy" });
    const id = idOf(plugbay, "sms_ir");
    await plugbay.control.updateItem(id, { priority: 7 }, { ...by, reason: "too slow" });
    await plugbay.control.updateItem(id, { priority: 9 }, { actor: "bob" });
    const [latest, before] = await plugbay.control.history({ entityId: id });
    expect(latest).toMatchObject({ actor: "bob", before: { priority: 7 }, after: { priority: 9 } });
    expect(before).toMatchObject({ actor: "alice", reason: "too slow" });
    expect(await plugbay.control.history({ reason: "SLOW" })).toEqual([before]);
    expect((await plugbay.control.history({ actor: "deploy" })).length).toBeGreaterThan(0);
    const [set] = await plugbay.control.changeSets({ limit: 1 });
    expect(set).toMatchObject({ revision: latest?.revision, total: 1 });
    if (latest) await plugbay.control.revert(latest, by);
    expect(plugbay.items(otp).find((item) => item.id === id)?.priority).toBe(7);
  });

  test("refuses a stale edit, and makes a change once under its key", async () => {
    const plugbay = await open();
    const id = idOf(plugbay, "sms_ir");
    const version = plugbay.items(otp).find((item) => item.id === id)?.version;
    await plugbay.control.updateItem(id, { priority: 7 }, by);
    const stale = plugbay.control.updateItem(id, { priority: 8 }, { ...by, version });
    await expect(stale).rejects.toBeInstanceOf(ConflictError);
    const once = { ...by, key: "one" };
    await plugbay.control.bulk([id], "lower", once);
    const { priority } = plugbay.items(otp).find((item) => item.id === id) ?? {};
    await plugbay.control.bulk([id], "lower", once);
    expect(plugbay.items(otp).find((item) => item.id === id)?.priority).toBe(priority);
  });

  test("makes changes that come at once, one after the other", async () => {
    const plugbay = await open();
    const id = idOf(plugbay, "sms_ir");
    const { version = 0 } = plugbay.items(otp).find((item) => item.id === id) ?? {};
    const priorities = [11, 12, 13, 14, 15, 16, 17, 18];
    await Promise.all(priorities.map((priority) => plugbay.control.updateItem(id, { priority }, by)));
    expect(plugbay.items(otp).find((item) => item.id === id)?.version).toBe(version + priorities.length);
  });

  test("takes in what is registered late, and what a prune retires and a purge removes", async () => {
    const registry = createRegistry([otp, smsIr]);
    const plugbay = await open({ plugins: registry });
    registry.register(sender("late", -5));
    await plugbay.refresh();
    expect(await said(plugbay)).toBe("late");
    const id = idOf(plugbay, "late");
    await plugbay.control.retire([id], by);
    expect(await said(plugbay)).toBe("sms_ir");
    await plugbay.control.purge({ ...by, ids: [id] });
    expect(plugbay.items(otp).map(({ name }) => name)).toEqual(["sms_ir"]);
    expect((await plugbay.planSync()).changes.map(({ action }) => action)).toEqual(["create"]);
  });

  test("answers what operators ask about a fleet that it has not", async () => {
    const plugbay = await open();
    const id = idOf(plugbay, "sms_ir");
    const typeId = plugbay.items(otp)[0]?.typeId ?? "";
    expect(await plugbay.attention()).toEqual([]);
    expect(await plugbay.control.processes()).toEqual([]);
    await plugbay.control.updateItem(id, { priority: 3 }, by);
    expect((await plugbay.control.timeline(typeId)).length).toBeGreaterThan(0);
    expect((await plugbay.control.diagnose()).problems).toBe(0);
    expect(await plugbay.control.traffic({ typeId })).toBeDefined();
  });

  test("has the time of a fake clock: limits, pauses, circuits and holds", async () => {
    const clock = new FakeClock();
    const plugbay = await open({ clock });
    const never = plugbay.run(otp, () => new Promise(() => undefined), { timeoutMs: 2_000, maxAttempts: 1 });
    const outcome = expect(never).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await clock.advance(2_000);
    await outcome;
    const id = idOf(plugbay, "sms_ir");
    await plugbay.control.hold(id, { reason: "down", forMs: 60_000 }, by);
    expect(await said(plugbay)).toBe("kavenegar");
    await clock.advance(60_000);
    expect(await said(plugbay)).toBe("sms_ir");
  });

  test("ends all that uses it when it is closed", async () => {
    const plugbay = await open();
    const id = idOf(plugbay, "sms_ir");
    await plugbay.close();
    expect(() => plugbay.get(otp)).toThrow(ClosedError);
    await expect(plugbay.control.updateItem(id, { priority: 1 }, by)).rejects.toBeInstanceOf(ClosedError);
  });

  test("keeps two of them apart", async () => {
    const [one, other] = [await open(), await open()];
    await one.control.updateItem(idOf(one, "sms_ir"), { status: "disable" }, by);
    expect(await said(one)).toBe("kavenegar");
    expect(await said(other)).toBe("sms_ir");
  });

  test("says what it does not know, and that it has no transactions", async () => {
    const unknown = { plugins: [otp], database: ":memory:" };
    await expect(openTestPlugbay(unknown as never)).rejects.toMatchObject({ code: "UNKNOWN_OPTION" });
    const badName = openTestPlugbay({ plugins: [otp], namespace: "" });
    await expect(badName).rejects.toMatchObject({ code: "INVALID_NAME" });
    const plugbay = await open();
    expect(() => plugbay.control.in({} as never)).toThrow(/has none/);
  });

  test("has no timer, no file and no socket, and keeps no process alive", () => {
    const file = new URL("alone-process.ts", import.meta.url);
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", file.pathname], {
      encoding: "utf8",
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: "sms_ir true\n", stderr: "", status: 0 });
  });

  test("has set no timer when it is open", async () => {
    const clock = new FakeClock();
    await open({ clock });
    expect(clock.pending).toBe(0);
  });
});

import pg from "pg";
import { openPlugbay } from "plugbay";
import { postgres } from "plugbay/postgres";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { openStore } from "../../src/open/open-plugbay.ts";
import { freshPostgres } from "../servers/databases.ts";
import { onEveryDatabase } from "../store/test-database.ts";
import { defineOne } from "./define-one.ts";
import { Member } from "./harness/member.ts";
import { declare } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

const heartbeatMs = 100;
/** Eight heartbeats, and one of those who forget it. */
const bound = 5_000;

let members: Member[];
beforeAll(async () => {
  members = await Member.startSome(5);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

onEveryDatabase((home) => {
  test(`a process that is killed vanishes from the list of processes within ${bound / 1_000} s, one that closes at once, and the revision stays`, async () => {
    const setup = (version: string) => ({
      database: { kind: home.kind.dialect, url: home.here.address },
      types: declare(1, 2),
      options: { namespace: home.namespace, heartbeatMs, version },
    });
    const [staying, leaving] = members as [Member, Member];
    const [victim] = members.splice(-1) as [Member];
    await staying.ask("open", setup("staying"));
    await leaving.ask("open", setup("leaving"));
    await victim.ask("open", setup("killed"));
    const versions = async () => (await staying.ask("processes")).map(({ version }) => version).sort();
    await waitFor("the first word of all", bound, async () => (await versions()).length === 3);
    expect(await versions()).toEqual(["killed", "leaving", "staying"]);
    expect((await staying.ask("processes")).map(({ pid }) => pid)).toContain(victim.pid);

    await victim.kill("SIGKILL");
    await leaving.ask("close");
    expect(await versions()).toEqual(expect.not.arrayContaining(["leaving"]));
    await waitFor("the end of the killed one", bound, async () => !(await versions()).includes("killed"));
    expect(await versions()).toEqual(["staying"]);
    expect(await staying.ask("state")).toMatchObject({ revision: 1 });
    await staying.ask("close");
    expect(await (await home.store()).processes()).toEqual([]);
  });
});

const { type, plugins } = defineOne({ name: "otp", plugins: [{ name: "sms" }] });
const postgresUrl = inject("postgresUrl");

test.skipIf(postgresUrl === null)(
  "no heartbeat is notified that says nothing new: a listener hears of changes only",
  async () => {
    const { url } = await freshPostgres(postgresUrl ?? "");
    const store = openStore({ database: postgres(url), plugins: [] });
    const listener = new pg.Client({ connectionString: url });
    await listener.connect();
    onTestFinished(() => listener.end());
    const heard: string[] = [];
    listener.on("notification", ({ payload = "" }) => heard.push(payload));

    const plugbay = await openPlugbay({
      database: postgres(url),
      plugins: [type, ...plugins],
      migrate: true,
      push: false,
      heartbeatMs: 20,
    });
    await listener.query(`listen ${listener.escapeIdentifier(store.topic)}`);
    const seenAt = async () => (await plugbay.control.processes())[0]?.seenAt ?? "";
    const first = await waitFor("the first heartbeat", bound, seenAt);
    // The first one says what serves.
    await listener.query("select 1");
    heard.length = 0;
    // What was notified before the answer to a query has arrived with it.
    await waitFor("some heartbeats", bound, async () => Date.parse(await seenAt()) > Date.parse(first) + 200);
    await listener.query("select 1");
    expect(heard).toEqual([]);
    const id = plugbay.get(type)?.itemId() ?? "";
    await plugbay.control.updateItem(id, { priority: 4 }, { actor: "alice" });
    const { revisionId } = snapshotOf(plugbay);
    await plugbay.close();
    await listener.query("select 1");
    const isOfProcess = (payload: string): boolean => payload.startsWith("processes ");
    expect(heard.filter((payload) => !isOfProcess(payload))).toEqual([revisionId]);
  },
);

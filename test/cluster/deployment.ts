import type { ItemPatch } from "plugbay";
import { expect } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { TestDatabase } from "../store/test-database.ts";
import { newVersion, oldVersion, type Version } from "./deploy-versions.ts";
import type { Member } from "./harness/member.ts";
import type { Setup } from "./harness/setup.ts";

export type VersionName = Version["name"];

const versions = { old: oldVersion, new: newVersion };

/** How a process of a version opens plugbay: it hears of the others only when it asks. */
export function setupOf(home: TestDatabase, version: VersionName, namespace = home.namespace): Setup {
  return {
    database: { kind: home.kind.dialect, url: home.here.address },
    types: versions[version].types,
    push: false,
    options: { namespace, version, pollIntervalMs: false },
  };
}

/** The roll-out of a new version, after a process of the old one and the decisions of an operator. */
export class Deployment {
  readonly #home: TestDatabase;
  readonly #namespace: string;
  readonly #store: Store;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #running = new Map<Member, VersionName>();
  /** Whether the rows have the names and the plugins of the new version. */
  #isRenewed = false;

  /** @param member a process that has nothing open, before and afterwards */
  static async begin(home: TestDatabase, namespace: string, member: Member): Promise<Deployment> {
    await member.ask("open", setupOf(home, "old", namespace));
    const items = [...(await member.ask("items", "otp")), ...(await member.ask("items", "pay"))];
    const ids = new Map(items.map(({ name, id }) => [name, id]));
    const decide = (name: string, patch: ItemPatch) => member.ask("updateItem", ids.get(name) ?? "", patch);
    await decide("sms", { status: "disable", priority: 7 });
    await decide("mail", { priority: 3 });
    await member.ask("close");
    return new Deployment(home, namespace, await home.store({ namespace }), ids);
  }

  private constructor(home: TestDatabase, namespace: string, store: Store, ids: ReadonlyMap<string, string>) {
    this.#home = home;
    this.#namespace = namespace;
    this.#store = store;
    this.#ids = ids;
  }

  /** @param sync whether it brings the rows in line at its start, as it does by default */
  async start(member: Member, version: VersionName, sync: "create" | false): Promise<void> {
    const setup = setupOf(this.#home, version, this.#namespace);
    await member.ask("open", { ...setup, options: { ...setup.options, sync } });
    this.#running.set(member, version);
    if (sync) this.#synced(version);
  }

  async sync(member: Member, prune: boolean): Promise<void> {
    await member.ask("sync", { prune });
    this.#synced(this.#running.get(member));
  }

  async stop(member: Member): Promise<void> {
    this.#running.delete(member);
    await member.ask("close");
  }

  async end(): Promise<void> {
    for (const member of [...this.#running.keys()]) await this.stop(member);
    await this.#store.close();
  }

  /**
   * Every process serves what its code and the rows have, by the names in its code: what was renamed, and what
   * only it has, be it retired by the other version. Nothing disabled, and all by the operator's priorities.
   */
  async expectServed(): Promise<void> {
    const { items } = await this.#store.readAll();
    const present = (name: string) => (items.some((row) => row.name === name) ? [name] : []);
    const renamed = (name: string) => (this.#isRenewed ? [name] : []);
    for (const [member, version] of this.#running) {
      await member.ask("refresh");
      expect(await member.ask("served")).toEqual(
        version === "old"
          ? { otp: [...present("fax"), "mail"], pay: ["cash"] }
          : {
              otp: [...present("app"), ...renamed("post")],
              payment: renamed("money"),
              push: present("phone"),
            },
      );
    }
  }

  async expectAllInUse(): Promise<void> {
    const { types, items } = await this.#store.readAll();
    expect([...types, ...items].filter((row) => row.retiredAt !== null)).toEqual([]);
  }

  /** Ids and the operator's decisions are as they were, under the newest names, and every row is there once. */
  async expectNothingLost(): Promise<void> {
    const { types, items } = await this.#store.readAll();
    const row = (name: string) => items.find(({ id }) => id === this.#ids.get(name));
    const newest = (former: string, name: string) => (this.#isRenewed ? name : former);
    expect(row("sms")).toMatchObject({ name: newest("sms", "text"), status: "disable", priority: 7 });
    expect(row("mail")).toMatchObject({ name: newest("mail", "post"), status: "active", priority: 3 });
    expect(row("fax")).toMatchObject({ name: "fax", status: "active", priority: 2 });
    expect(row("cash")).toMatchObject({ name: newest("cash", "money"), status: "active", priority: 0 });
    expect(items).toHaveLength(this.#ids.size + (this.#isRenewed ? 2 : 0));
    expect(types).toHaveLength(this.#isRenewed ? 3 : 2);
  }

  #synced(version: VersionName | undefined): void {
    this.#isRenewed ||= version === "new";
  }
}

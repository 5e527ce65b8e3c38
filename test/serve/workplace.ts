import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRegistry, type Database, openPlugbay, type ServeOptions, type UserRole } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { withUsers } from "../../src/cli/with-users.ts";
import type { Users } from "../../src/serve/users/users.ts";
import { all } from "../cli/fixtures/definitions.ts";
import { password, secret } from "./credentials.ts";
import { Panel } from "./panel.ts";

const path = (relative: string) => JSON.stringify(fileURLToPath(new URL(relative, import.meta.url)));

/** Where a database is, and how a config says so. */
export interface Place {
  readonly database: Database;
  readonly expression: string;
}

/** A folder with a config, in which `plugbay serve` finds what it needs. */
export class Workplace {
  readonly folder: string;
  readonly #place: Place;

  private constructor(folder: string, place: Place | undefined) {
    this.folder = folder;
    const file = join(folder, "app.db");
    this.#place = place ?? { database: sqlite(file), expression: `sqlite(${JSON.stringify(file)})` };
  }

  /** `serve` is the section of the config, null for none; in the database nothing has been done yet. */
  static async make(serve: ServeOptions | null = { secret }, place?: Place): Promise<Workplace> {
    const workplace = new Workplace(await mkdtemp(join(tmpdir(), "plugbay-serve-")), place);
    await workplace.configure(serve);
    return workplace;
  }

  /** The same with all tables, synced. */
  static async ready(serve?: ServeOptions, place?: Place): Promise<Workplace> {
    const workplace = await Workplace.make(serve, place);
    const { database } = workplace.#place;
    await (await openPlugbay({ database, plugins: all, migrate: true, pollIntervalMs: false })).close();
    await workplace.users(async () => undefined);
    return workplace;
  }

  configure(serve: ServeOptions | null): Promise<void> {
    const section = serve === null ? "" : `, serve: ${JSON.stringify(serve)}`;
    return writeFile(
      join(this.folder, "plugbay.config.ts"),
      `import { sqlite } from ${path("../../src/store/sqlite/index.ts")};
       import { postgres } from ${path("../../src/store/postgres/index.ts")};
       import { mysql } from ${path("../../src/store/mysql/index.ts")};
       import { all } from ${path("../cli/fixtures/definitions.ts")};
       export default { database: ${this.#place.expression}, plugins: all${section} };`,
    );
  }

  /** What an administrator does from another process. */
  users<T>(work: (users: Users) => Promise<T>): Promise<T> {
    const config = { database: this.#place.database, plugins: createRegistry(), file: "plugbay.config.ts" };
    return withUsers(config, { command: "user create", migrate: true }, work);
  }

  /** A new user; the answer is the address. */
  async someone(role: UserRole, email = `${randomUUID()}@example.com`): Promise<string> {
    await this.users((users) => users.create({ email, role, password }));
    return email;
  }

  /** Starts the panel on a free port. */
  start(...operands: string[]): Promise<Panel> {
    return Panel.start(this.folder, ...operands);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

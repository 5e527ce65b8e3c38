import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Line, type Towards } from "./line.ts";
import { type Ending, type Fate, Loss } from "./loss.ts";
import { MysqlWire } from "./mysql-wire.ts";
import { PostgresWire } from "./postgres-wire.ts";
import { anyWire, type Wire } from "./wire.ts";

/** The statement that ends a transaction and keeps what it did. */
export const commit = /^\s*commit\b/i;

/**
 * Stands between a process and a server, and treats their connections as a bad network does: delays what they
 * say, cuts them, loses a statement or the answer to it, or lets them go silent without a word, as a router does
 * that forgot them. It reads along with PostgreSQL, MySQL and MariaDB; in front of others no statement is known.
 *
 * @example
 * await using network = await TcpProxy.before(database.url);
 * const plugbay = await openPlugbay({ database: postgres(network.url), plugins });
 * const loss = network.lose("answer", commit);
 * await plugbay.control.updateItem(id, patch, by); // was done, and cannot know that it was
 */
export class TcpProxy implements AsyncDisposable {
  /** The server's address by way of the proxy. */
  readonly url: string;
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #target: { readonly host: string; readonly port: number };
  readonly #wire: () => Wire;
  readonly #delayMs = { client: 0, server: 0 };
  readonly #losses = new Set<Loss>();
  #endedTurns = 0;
  #isSilent = false;
  #isCut = false;

  static async before(targetUrl: string): Promise<TcpProxy> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new TcpProxy(server, targetUrl);
  }

  private constructor(server: Server, targetUrl: string) {
    const url = new URL(targetUrl);
    this.#target = { host: url.hostname, port: Number(url.port) };
    this.#wire = wireOf(url.protocol);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.url = url.href;
    this.#server = server.on("connection", (client) => this.#accept(client));
  }

  /** The open connections, the oldest first. One alone can be silenced, broken or left half-open. */
  get lines(): readonly Line[] {
    return [...this.#lines];
  }

  /** How often a client spoke after the server had, on all connections so far: each time is a round trip. */
  get turns(): number {
    return this.lines.reduce((sum, line) => sum + line.turns, this.#endedTurns);
  }

  /** Every byte arrives so much later, in one direction or in either. */
  delay(ms: number, towards?: Towards): void {
    if (towards !== "client") this.#delayMs.server = ms;
    if (towards !== "server") this.#delayMs.client = ms;
  }

  /**
   * Loses statements, or the server's answers to them, once it has done what they ask. Each loss ends its connection.
   *
   * @param statement what the whole text is like
   * @param ending default: "broken"
   * @param times how many are lost; default: all, until `heal`
   */
  lose(
    lost: "statement" | "answer",
    statement: RegExp,
    { ending = "broken", times = Infinity }: { ending?: Ending; times?: number } = {},
  ): Loss {
    const loss = new Loss(statement, { lost, ending }, times);
    this.#losses.add(loss);
    return loss;
  }

  /** New connections are taken and carry nothing, for good; those that are open go on. */
  swallowNew(): void {
    this.#isSilent = true;
  }

  /** Connections stay open and carry nothing any more, for good; new ones are taken and carry nothing either. */
  silence(): void {
    this.swallowNew();
    for (const line of this.#lines) line.silence();
  }

  /** The server's ends are closed, and the clients are never told; new connections work. */
  halfOpen(): void {
    for (const line of this.#lines) line.halfOpen();
  }

  /** Connections break; new ones work. */
  drop(): void {
    for (const line of this.#lines) line.break();
  }

  /** Connections break, and new ones break at once. */
  cut(): void {
    this.#isCut = true;
    this.drop();
  }

  /** Nothing is late or lost any more, and new connections work again; silent ones stay silent. */
  heal(): void {
    this.delay(0);
    this.#losses.clear();
    this.#isSilent = false;
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #accept(client: Socket): void {
    const line = new Line(client, connect(this.#target), this.#wire(), {
      delayMs: (towards) => this.#delayMs[towards],
      fateOf: (statement) => this.#fateOf(statement),
    });
    if (this.#isSilent) line.silence();
    this.#lines.add(line);
    line.onEnd(() => {
      this.#lines.delete(line);
      this.#endedTurns += line.turns;
    });
    if (this.#isCut) line.break();
  }

  #fateOf(statement: string): Fate {
    for (const loss of this.#losses) {
      const fate = loss.take(statement);
      if (fate !== undefined) return fate;
    }
    return undefined;
  }
}

function wireOf(protocol: string): () => Wire {
  switch (protocol) {
    case "postgres:":
    case "postgresql:":
      return () => new PostgresWire();
    case "mysql:":
      return () => new MysqlWire();
    default:
      return anyWire;
  }
}

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * Stands between a process and a server, and treats their connections as a bad network does: delays what they
 * say, cuts them, or lets them go silent without a word, as a router does that forgot them.
 */
export class TcpProxy {
  /** The server's address by way of the proxy. */
  readonly url: string;
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #target: { readonly host: string; readonly port: number };
  #delayMs = 0;
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
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.url = url.href;
    this.#server = server.on("connection", (client) => this.#accept(client));
  }

  /** Every byte, in either direction, arrives so much later. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Connections stay open and carry nothing any more, for good; new ones are taken and carry nothing either. */
  silence(): void {
    this.#isSilent = true;
    for (const line of this.#lines) line.isSilent = true;
  }

  /** The server's ends are closed, and the clients are never told; new connections work. */
  halfOpen(): void {
    for (const line of this.#lines) line.forgetClient();
  }

  /** Connections break; new ones work. */
  drop(): void {
    for (const line of this.#lines) line.end();
  }

  /** Connections break, and new ones break at once. */
  cut(): void {
    this.#isCut = true;
    this.drop();
  }

  /** New connections work again; silent ones stay silent. */
  heal(): void {
    this.#delayMs = 0;
    this.#isSilent = false;
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    const line = new Line(client, connect(this.#target), () => this.#delayMs);
    line.isSilent = this.#isSilent;
    this.#lines.add(line);
    line.onEnd(() => this.#lines.delete(line));
    if (this.#isCut) line.end();
  }
}

/** A connection through the proxy. */
class Line {
  isSilent = false;
  readonly #client: Socket;
  readonly #server: Socket;

  constructor(client: Socket, server: Socket, delayMs: () => number) {
    this.#client = client;
    this.#server = server;
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      const carry = (what: () => void): void => {
        const late = delayMs();
        if (this.isSilent) return;
        if (late > 0) setTimeout(what, late);
        else what();
      };
      from.on("data", (bytes) => carry(() => void to.write(bytes)));
      from.on("end", () => carry(() => void to.end()));
      // A broken side is what this is for; "close" follows.
      from.on("error", () => undefined);
      from.on("close", () => carry(() => void to.destroy()));
    }
  }

  forgetClient(): void {
    this.isSilent = true;
    this.#server.destroy();
  }

  end(): void {
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }

  onEnd(listener: () => void): void {
    this.#client.on("close", listener);
  }
}

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Receipt, ReceivingServer } from "./receiver.ts";

/** An SMTP server that keeps what it is sent. */
export class MailServer implements ReceivingServer {
  readonly #receipts: Receipt[] = [];
  #server: SMTPServer | undefined;
  #port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  get isRunning(): boolean {
    return this.#server !== undefined;
  }

  async received(): Promise<readonly Receipt[]> {
    return this.#receipts;
  }

  async start(): Promise<void> {
    if (this.#server) return;
    const server = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      closeTimeout: 100,
      onData: (stream, _session, done) => {
        this.#keep(stream).then(() => done(), done);
      },
    });
    // A client that hangs up in the middle is an error event, and must not end the example.
    server.on("error", (error) => console.error(`mail server: ${error.message}`));
    const listener = server.listen(this.#port, "127.0.0.1");
    await once(listener, "listening");
    this.#port = (listener.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await promisify((done: () => void) => server.close(done))();
  }

  async #keep(stream: SMTPServerDataStream): Promise<void> {
    const mail = await PostalMime.parse(Buffer.concat(await stream.toArray()));
    this.#receipts.push({
      at: new Date(),
      to: mail.to?.[0]?.address ?? "nobody",
      text: mail.text?.trim() ?? "",
    });
  }
}

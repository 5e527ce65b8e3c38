import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import { type Listening, LoopbackReceiver } from "./loopback-receiver.ts";

/** Who may send through a mail server. */
export interface MailAccount {
  readonly user: string;
  readonly password: string;
}

/** An SMTP server: for everybody, or for one account. */
export class MailServer extends LoopbackReceiver {
  readonly #account: MailAccount | undefined;

  constructor({ account, port = 0 }: { readonly account?: MailAccount; readonly port?: number } = {}) {
    super(port);
    this.#account = account;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  protected override async listen(wanted: number): Promise<Listening> {
    const server = new SMTPServer({
      disabledCommands: this.#account ? ["STARTTLS"] : ["AUTH", "STARTTLS"],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        const { user, password: right } = this.#account ?? {};
        if (username === user && password === right) done(null, { user });
        else done(new Error("wrong user or password"));
      },
      disableReverseLookup: true,
      closeTimeout: 100,
      onData: (stream, _session, done) => {
        this.#take(stream).then(() => done(), done);
      },
    });
    // A client that hangs up in the middle is an error event, and must not end the example.
    server.on("error", (error) => console.error(`mail server: ${error.message}`));
    const listener = server.listen(wanted, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    return { port, close: () => promisify((done: () => void) => server.close(done))() };
  }

  async #take(stream: SMTPServerDataStream): Promise<void> {
    const mail = await PostalMime.parse(Buffer.concat(await stream.toArray()));
    this.keep(mail.to?.[0]?.address ?? "nobody", mail.text?.trim() ?? "");
  }
}

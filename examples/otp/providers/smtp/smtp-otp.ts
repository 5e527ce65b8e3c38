import { createTransport } from "nodemailer";
import type { CheckContext, CreateContext } from "plugbay";
import type { OtpSender } from "../../otp.ts";
import { codeMail, refusedMail } from "../code-mail.ts";
import type { SmtpConfig } from "./smtp-config.ts";

/** nodemailer's own limits are minutes; a check that was given up must not linger. */
const patienceMs = 5_000;

/** Sends codes by e-mail, through the account that an operator has configured. */
export class SmtpOtp implements OtpSender {
  readonly #config: SmtpConfig;

  constructor({ config }: CreateContext<SmtpConfig>) {
    this.#config = config;
  }

  async sendOtp(number: string, message: string, signal: AbortSignal): Promise<void> {
    const mail = { ...codeMail(number, message), from: this.#config.from, signal };
    try {
      await transportTo(this.#config).sendMail(mail);
    } catch (error) {
      throw refusedMail(error);
    }
  }
}

/** Signs in at the mail server, and sends nothing. */
export async function checkSmtp({ config }: CheckContext<SmtpConfig>): Promise<string> {
  await transportTo(config).verify();
  return `${config.host} lets ${config.user} in.`;
}

const transportTo = ({ host, port, user, password }: SmtpConfig) =>
  createTransport({
    host,
    port,
    secure: port === 465,
    auth: { user, pass: password },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });

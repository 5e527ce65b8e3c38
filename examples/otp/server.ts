import { openPlugbay } from "plugbay";
import { addFirstItems } from "./add-first-items.ts";
import { DeliveryLog } from "./delivery-log.ts";
import { readLocalSettings, saveLocalSettings } from "./local-settings.ts";
import { closeServer, listen } from "./loopback.ts";
import config from "./plugbay.config.ts";
import { readPort } from "./read-port.ts";
import { MailServer } from "./receivers/mail-server.ts";
import { OutboxFile } from "./receivers/outbox-file.ts";
import type { Receiver, ReceivingServer } from "./receivers/receiver.ts";
import { SmsGateway } from "./receivers/sms-gateway.ts";
import { outboxPath } from "./settings.ts";
import { createApp } from "./web/app.ts";
import { DemoUser } from "./web/demo-user.ts";
import { welcome } from "./welcome.ts";

const endings: (() => Promise<void>)[] = [];

/** Ends what was started, the latest first. Called twice when both the terminal and npm pass Ctrl-C on. */
async function stop(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}

try {
  const plugbay = await openPlugbay({ ...config, healthChecks: { intervalMs: 10_000 } });
  endings.push(() => plugbay.close());

  const mailServer = new MailServer();
  const smsGateway = new SmsGateway();
  const settings = readLocalSettings();
  const smtpServer = new MailServer({ account: settings, port: settings.ports.smtp });
  const httpGateway = new SmsGateway({ token: settings.token, port: settings.ports.gateway });
  const servers = new Map<string, ReceivingServer>([
    ["mail", mailServer],
    ["sms", smsGateway],
    ["smtp", smtpServer],
    ["gateway", httpGateway],
  ]);
  for (const server of servers.values()) {
    await server.start();
    endings.push(() => server.stop());
  }
  const receivers = new Map<string, Receiver>([...servers, ["outbox", new OutboxFile(outboxPath)]]);

  // The providers find their receiving ends where they would in production: in the environment.
  process.env.SMTP_URL = mailServer.url;
  process.env.SMS_GATEWAY_URL = smsGateway.url;
  process.env.SMS_GATEWAY_TOKEN = smsGateway.token;
  process.env.OTP_OUTBOX = outboxPath;

  // Others find them in their items' configs.
  saveLocalSettings({ ...settings, ports: { smtp: smtpServer.port, gateway: httpGateway.port } });
  await addFirstItems(plugbay, { smtp: { ...settings, port: smtpServer.port }, gateway: httpGateway });

  const user = new DemoUser();
  const app = createApp({ plugbay, servers, user, log: new DeliveryLog(receivers) });
  const { server, port } = await listen(app.fetch, readPort());
  endings.push(() => closeServer(server));

  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  console.log(welcome(`http://127.0.0.1:${port}`, plugbay, user));
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
  await stop();
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== "EADDRINUSE") return error.message;
  return `Port ${port} is in use. Choose another one: PORT=${Number(port) + 1} npm start`;
}

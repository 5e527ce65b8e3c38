import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { type RequestOptions, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";
import { findProgram } from "../servers/find-program.ts";
import { freePort } from "../servers/free-port.ts";
import { canInstallPackages, installPackages } from "../servers/install-packages.ts";

const find = (program: string) => findProgram([program], ["/usr/sbin"]);

// Where they cannot be had, only CI fails.
const tools = { nginx: "nginx-light", openssl: "openssl" };
const missing = Object.entries(tools).flatMap(([program, name]) =>
  find(program) === undefined ? [name] : [],
);
if (missing.length > 0 && canInstallPackages()) await installPackages(missing);

/** The program; undefined where the test has to be skipped. */
export const nginx = (find("openssl") && find("nginx")) ?? (process.env.CI === "true" ? "nginx" : undefined);

interface Sent extends Pick<RequestOptions, "method" | "headers" | "localAddress"> {
  readonly body?: string;
}

/** An nginx of its own, which ends TLS for one host with a certificate that it has signed itself. */
export class TlsProxy {
  readonly #host: string;
  readonly #port: number;
  readonly #certificate: string;
  readonly #stop: () => Promise<void>;

  private constructor(host: string, port: number, certificate: string, stop: () => Promise<void>) {
    this.#host = host;
    this.#port = port;
    this.#certificate = certificate;
    this.#stop = stop;
  }

  /** `location` is the block of the server's configuration. */
  static async start(program: string, host: string, location: string): Promise<TlsProxy> {
    const folder = await mkdtemp(join(tmpdir(), "plugbay-nginx-"));
    const port = await freePort();
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
    const made = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate];
    await promisify(execFile)("openssl", ["req", "-x509", "-days", "2", ...made, ...subject]);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => `${name}_temp_path ${join(folder, name)};`)
      .join("\n");
    await writeFile(
      join(folder, "nginx.conf"),
      `daemon off;
       master_process off;
       pid ${join(folder, "pid")};
       events {}
       http {
         access_log off;
         ${temporary}
         server {
           listen 127.0.0.1:${port} ssl;
           server_name ${host};
           ssl_certificate ${certificate};
           ssl_certificate_key ${key};
           ${location}
         }
       }`,
    );
    const child = spawn(program, ["-p", folder, "-e", "stderr", "-c", "nginx.conf"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const ended = once(child, "close");
    const proxy = new TlsProxy(host, port, await readFile(certificate, "utf8"), async () => {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    });
    try {
      await vi.waitUntil(
        () => {
          if (child.exitCode !== null) throw new Error(`nginx has ended: ${said}`);
          return proxy.open("/").then(
            (response) => response.destroy(),
            () => false,
          );
        },
        { timeout: 30_000, interval: 100 },
      );
    } catch (error) {
      await proxy[Symbol.asyncDispose]();
      throw error;
    }
    return proxy;
  }

  /** Resolves with the beginning of the answer. */
  async open(path: string, { body, headers, ...options }: Sent = {}): Promise<IncomingMessage> {
    const sent = request({
      host: "127.0.0.1",
      port: this.#port,
      path,
      servername: this.#host,
      ca: this.#certificate,
      agent: false,
      headers: { host: this.#host, ...headers },
      ...options,
    });
    sent.end(body);
    const [response] = await once(sent, "response");
    return response;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stop();
  }
}

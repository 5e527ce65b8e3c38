import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Who is signed in at the provider. */
export interface Person {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

/** What was asked for under a code. */
interface Grant {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly person: Person;
}

const keyId = "key-1";

/** A small OpenID Connect provider: the code flow with PKCE, and identity tokens signed with RS256. */
export class OidcProvider {
  readonly clientId = "plugbay";
  readonly clientSecret = randomUUID();
  person: Person = { sub: "1", email: "ada@example.com", email_verified: true, name: "Ada" };
  /** What its next identity tokens say in spite of the truth. */
  lie: Readonly<Record<string, unknown>> = {};
  /** What it signs with; another key than the one that it publishes is a forger's. */
  signingKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #grants = new Map<string, Grant>();
  readonly #persons = new Map<string, Person>();
  #server: Server | undefined;
  #port = 0;

  constructor() {
    const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    this.signingKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens: the first time on a free port, later on the same one. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.#server?.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.issuer);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(response, 200, this.#configuration());
      case "/jwks":
        return json(response, 200, {
          keys: [{ ...this.#publicKey.export({ format: "jwk" }), kid: keyId, use: "sig", alg: "RS256" }],
        });
      case "/authorize":
        return this.#authorize(url.searchParams, response);
      case "/token":
        return this.#token(request, new URLSearchParams(await text(request)), response);
      case "/userinfo": {
        const person = this.#persons.get((request.headers.authorization ?? "").replace("Bearer ", ""));
        return json(response, person ? 200 : 401, person ?? { error: "invalid_token" });
      }
      default:
        return json(response, 404, { error: "not_found" });
    }
  }

  #configuration() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
    };
  }

  /** The person has signed in here already, and agrees. */
  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get("redirect_uri");
    const isRight =
      query.get("client_id") === this.clientId &&
      query.get("response_type") === "code" &&
      query.get("scope")?.split(" ").includes("openid") &&
      query.get("code_challenge_method") === "S256";
    if (!isRight || redirectUri === null) {
      json(response, 400, { error: "invalid_request" });
      return;
    }
    const code = randomUUID();
    this.#grants.set(code, {
      redirectUri,
      challenge: query.get("code_challenge") ?? "",
      nonce: query.get("nonce"),
      person: this.person,
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.get("state") ?? "");
    response.writeHead(302, { location: back.href }).end();
  }

  #token(request: IncomingMessage, body: URLSearchParams, response: ServerResponse): void {
    const code = body.get("code") ?? "";
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const verifier = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    const isRight =
      this.#knows(request, body) &&
      body.get("grant_type") === "authorization_code" &&
      grant?.redirectUri === body.get("redirect_uri") &&
      grant?.challenge === verifier;
    if (!isRight || grant === undefined) {
      json(response, 400, { error: "invalid_grant" });
      return;
    }
    const accessToken = `access-${randomUUID()}`;
    this.#persons.set(accessToken, grant.person);
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.issuer, aud: this.clientId, iat: now, exp: now + 300, nonce: grant.nonce };
    json(response, 200, {
      token_type: "Bearer",
      expires_in: 300,
      access_token: accessToken,
      id_token: this.#sign({ ...claims, ...grant.person, ...this.lie }),
    });
  }

  #knows({ headers }: IncomingMessage, body: URLSearchParams): boolean {
    const basic = Buffer.from((headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    const [id, secret] = basic === "" ? [body.get("client_id"), body.get("client_secret")] : basic.split(":");
    return id === this.clientId && secret === this.clientSecret;
  }

  #sign(claims: object): string {
    const parts = [{ alg: "RS256", typ: "JWT", kid: keyId }, claims];
    const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${input}.${createSign("RSA-SHA256").update(input).sign(this.signingKey, "base64url")}`;
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

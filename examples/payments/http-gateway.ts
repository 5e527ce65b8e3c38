import type { ChargeRequest, PaymentGateway } from "./payment.ts";

/** What a gateway answered. By its status plugbay knows what that means for the call. */
class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly status: number;
  constructor(status: number) {
    super(`the gateway answered ${status}`);
    this.status = status;
  }
}

/** The HTTP API of a gateway. */
export class HttpGateway implements PaymentGateway {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async charge({ order, cents, idempotencyKey, signal }: ChargeRequest): Promise<string> {
    const { id } = (await this.#post("/charges", { order, cents }, idempotencyKey, signal)) as { id: string };
    return id;
  }

  async refund(chargeId: string, idempotencyKey: string): Promise<void> {
    await this.#post("/refunds", { charge: chargeId }, idempotencyKey, AbortSignal.timeout(5_000));
  }

  async #post(path: string, body: object, key: string, signal: AbortSignal): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok) throw new GatewayError(response.status);
    return response.json();
  }
}

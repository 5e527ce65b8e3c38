import { definePluginType, type Policy } from "plugbay";

export interface ChargeCall {
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
}

export interface PaymentGateway {
  /** Resolves when the order is charged. */
  charge(order: string, call: ChargeCall): Promise<void>;
}

export const definePayment = (policy: Policy) =>
  definePluginType<PaymentGateway>({
    name: "payment",
    manager: "crash-test",
    methods: { charge: "required" },
    policy: { timeoutMs: 500, circuit: { failures: 5, coolingMs: 200, maxCoolingMs: 400 }, ...policy },
  });

/** What a gateway refused. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly status: number;
  constructor(status: number) {
    super(`the gateway answered ${status}`);
    this.status = status;
  }
}

export class GatewayClient implements PaymentGateway {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async charge(order: string, { signal, idempotencyKey }: ChargeCall): Promise<void> {
    const response = await fetch(new URL(`/charges/${order}`, this.#url), {
      method: "POST",
      headers: { "idempotency-key": idempotencyKey },
      signal,
    });
    await response.arrayBuffer();
    if (!response.ok) throw new GatewayError(response.status);
  }
}

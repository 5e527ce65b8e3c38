import { definePluginType } from "plugbay";

export interface ChargeRequest {
  readonly order: string;
  readonly cents: number;
  /** The gateway knows a repeated request by it. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

export interface PaymentGateway {
  /** Resolves with the id of the charge. */
  charge(request: ChargeRequest): Promise<string>;
  /** The id of the order's charge, if there is one. */
  find(order: string): Promise<string | undefined>;
  refund(chargeId: string, idempotencyKey: string): Promise<void>;
}

export const payment = definePluginType<PaymentGateway>({
  name: "payment",
  manager: "apps/shop",
  description: "Payment gateways",
  methods: { charge: "required", find: "required", refund: "required" },
  // Not idempotent, which is the default: a gateway that does not answer may have taken the money.
  policy: { timeoutMs: Number(process.env.CHARGE_TIMEOUT_MS ?? 5_000) },
});

import { definePluginType } from "plugbay";

export interface ChargeRequest {
  readonly order: string;
  readonly cents: number;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

export interface PaymentGateway {
  /** Resolves with the id of the charge; that of the first one, when its key comes again. */
  charge(request: ChargeRequest): Promise<string>;
  refund(chargeId: string, idempotencyKey: string): Promise<void>;
}

/** How long a gateway may take to answer. */
export const timeoutMs = Number(process.env.CHARGE_TIMEOUT_MS ?? 5_000);

export const payment = definePluginType<PaymentGateway>({
  name: "payment",
  manager: "apps/shop",
  description: "Payment gateways",
  methods: { charge: "required", refund: "required" },
  // Not idempotent, which is the default: a gateway that does not answer may have taken the money.
  policy: { timeoutMs, deadlineMs: 2 * timeoutMs },
});

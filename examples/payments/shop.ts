import { AllPluginsFailedError, classifyError, NoPluginAvailableError, type Plugbay } from "plugbay";
import type { Charge, Charges } from "./charges.ts";
import { type PaymentGateway, payment, timeoutMs } from "./payment.ts";

/** By then a call of `pay` has ended, or its process has. */
const abandonedAfterMs = 3 * timeoutMs;

export class Shop {
  readonly #plugbay: Plugbay;
  readonly #charges: Charges;

  constructor(plugbay: Plugbay, charges: Charges) {
    this.#plugbay = plugbay;
    this.#charges = charges;
  }

  chargeOf(order: string): Promise<Charge | undefined> {
    return this.#charges.of(order);
  }

  /** Charges an order once, by the first gateway that can. A second call changes nothing. */
  async pay(order: string, cents: number): Promise<Charge | undefined> {
    if (!(await this.#charges.begin(order, cents))) return this.#charges.of(order);
    let charge_id: string;
    try {
      charge_id = await this.#plugbay.run(payment, async (gateway, { item, idempotencyKey, signal }) => {
        // Before the gateway is asked, so that it can be asked again by this key after a crash.
        await this.#charges.change(order, { item_id: item.id, idempotency_key: idempotencyKey });
        return gateway.charge({ order, cents, idempotencyKey, signal });
      });
    } catch (error) {
      if (!isOfNoCharge(error)) {
        await this.#charges.change(order, { status: "unknown" });
        return this.#charges.of(order);
      }
      await this.#charges.forget(order);
      throw error;
    }
    await this.#charges.change(order, { status: "charged", charge_id });
    return this.#charges.of(order);
  }

  /**
   * Takes up the charges of which nobody knows whether they were made: the same gateway is asked again by the same
   * key, so it answers with the charge that it has, or makes it now.
   */
  async settle(): Promise<void> {
    const unsettled = await this.#charges.unsettled(new Date(Date.now() - abandonedAfterMs));
    for (const charge of unsettled) await this.#settle(charge);
  }

  async #settle(charge: Charge): Promise<void> {
    const { order_id: order, cents, idempotency_key: idempotencyKey } = charge;
    // It crashed before any gateway was asked.
    if (idempotencyKey === null) return this.#charges.forget(order);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const id = await this.#gatewayOf(charge).charge({ order, cents, idempotencyKey, signal });
      await this.#charges.change(order, { status: "charged", charge_id: id });
    } catch (error) {
      if (isOfNoCharge(error)) await this.#charges.forget(order);
      else console.error(`order ${order} is not settled yet: ${error}`);
    }
  }

  /** Pays back by the gateway that charged, whichever is selected today. */
  async refund(order: string): Promise<Charge | undefined> {
    const charge = await this.#charges.of(order);
    if (charge?.status !== "charged" || charge.charge_id === null) return charge;
    await this.#gatewayOf(charge).refund(charge.charge_id, `refund-${charge.charge_id}`);
    await this.#charges.change(order, { status: "refunded" });
    return this.#charges.of(order);
  }

  /** Also one that an operator has disabled since: it takes no new charges, and has the old ones. */
  #gatewayOf({ item_id }: Charge): PaymentGateway {
    const gateway = this.#plugbay.getById(payment, item_id ?? "", { includeDisabled: true });
    if (gateway === undefined) throw new Error(`The gateway of item ${item_id} is not there.`);
    return gateway;
  }
}

/** Whether it says that the order was declined, or that no gateway took it. All else may have charged. */
function isOfNoCharge(error: unknown): boolean {
  return (
    error instanceof AllPluginsFailedError ||
    error instanceof NoPluginAvailableError ||
    classifyError(error) === "rejected"
  );
}

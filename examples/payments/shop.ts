import { OutcomeUnknownError, type Plugbay } from "plugbay";
import type { Charge, Charges } from "./charges.ts";
import { type PaymentGateway, payment } from "./payment.ts";

export class Shop {
  readonly #plugbay: Plugbay;
  readonly #charges: Charges;

  constructor(plugbay: Plugbay, charges: Charges) {
    this.#plugbay = plugbay;
    this.#charges = charges;
  }

  /** Charges an order once, by the first gateway that can. A second call changes nothing. */
  async pay(order: string, cents: number): Promise<Charge | undefined> {
    if (!(await this.#charges.begin(order, cents))) return this.#charges.of(order);
    try {
      const charged = await this.#plugbay.run(payment, async (gateway, { item, idempotencyKey, signal }) => ({
        item_id: item.id,
        charge_id: await gateway.charge({ order, cents, idempotencyKey, signal }),
      }));
      await this.#charges.change(order, { status: "charged", ...charged });
    } catch (error) {
      if (error instanceof OutcomeUnknownError) {
        await this.#charges.change(order, { status: "unknown", item_id: error.itemId });
      } else {
        // Declined, or no gateway took it.
        await this.#charges.forget(order);
        throw error;
      }
    }
    return this.#charges.of(order);
  }

  /** Asks the gateway what became of a charge that it did not answer. */
  async settle(order: string): Promise<Charge | undefined> {
    const charge = await this.#charges.of(order);
    if (charge?.status !== "unknown") return charge;
    const id = await this.#gatewayOf(charge).find(order);
    if (id === undefined) await this.#charges.forget(order);
    else await this.#charges.change(order, { status: "charged", charge_id: id });
    return this.#charges.of(order);
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

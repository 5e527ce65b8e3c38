import type { ProcessRow } from "../../store/process-row.ts";
import { requireType } from "../item-of.ts";
import type { View } from "../view.ts";
import { type ServingNow, servingNow } from "./serving-now.ts";

/** The application's processes together. A process that only shows the panel, or runs a command, is none of them. */
export interface FleetView {
  /** The processes, as each last said. */
  readonly processes: readonly ProcessRow[];
  /** What serves a type in them. @throws TypeNotFoundError */
  servingNow(typeId: string): ServingNow;
}

/** In how many processes a revision is in force. */
export interface InForce {
  /** The revision that was asked for. */
  readonly revision: number;
  /** How many processes serve from this namespace. */
  readonly processes: number;
  /** How many of them serve by this revision or a later one. */
  readonly inForce: number;
}

/** What the application's processes serve, and by which revision. */
export interface FleetCalls {
  /**
   * The application's processes together, as they were a second ago at most: each says at once when it has taken over a
   * revision, and when what serves in it changes. One look, however many types there are; where the database does not
   * answer, they are as they were last read.
   *
   * @throws ClosedError
   * @example
   * const { by, processes } = (await plugbay.control.fleet()).servingNow(typeId);
   * for (const { item, how, processes: count } of by) console.log(item?.name, how, `in ${count} of ${processes}`);
   */
  fleet(): Promise<FleetView>;

  /**
   * In how many processes a revision is in force, as they say now.
   *
   * @throws what the database says
   * @example
   * const { revision } = await plugbay.control.updateItem(id, { status: "active" }, { actor: "alice" });
   * const { inForce, processes } = await plugbay.control.inForce(revision); // 3 of 3
   */
  inForce(revision: number): Promise<InForce>;

  /**
   * Calls the listener when a process says something new, came or left, until the returned function is called. Until then
   * the processes are looked at: every half second, or where a push channel brings the news, at once.
   *
   * @example
   * const stop = plugbay.control.onFleet(async () => show(await plugbay.control.fleet()));
   */
  onFleet(listener: () => void): () => void;
}

/** How often it is looked at what processes say, for somebody who waits for it. */
const lookMs = 500;

export const fleetCalls = (view: View): FleetCalls => ({
  async fleet() {
    const processes = await view.fleet.recent();
    return {
      processes,
      servingNow: (typeId) => servingNow(requireType(view.snapshot, typeId), processes, view.snapshot),
    };
  },
  async inForce(revision) {
    const processes = await view.fleet.now();
    const inForce = processes.filter((process) => process.revision >= revision).length;
    return { revision, processes: processes.length, inForce };
  },
  onFleet: (listener) => view.fleet.follow(listener, lookMs),
});

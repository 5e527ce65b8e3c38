import { InvalidDefinitionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import { openPlugbay } from "../../open/open-plugbay.ts";
import type { Plugbay } from "../../plugbay.ts";
import type { PlugbayOptions } from "./module-options.ts";
import { serviceOf } from "./provided-service.ts";

/** The plugbay of one module in one application, from its opening to the application's end. */
export class OpenedPlugbay {
  #own: Plugbay | undefined;
  #isGivenUp = false;

  /**
   * @param types which have to be registered
   * @throws as `openPlugbay`; UnknownTypeError, SelectorMismatchError
   */
  async open(options: PlugbayOptions, types: readonly AnyPluginType[]): Promise<Plugbay> {
    const plugbay = "plugbay" in options ? handedIn(options) : await openPlugbay(options);
    const isOwn = !("plugbay" in options);
    try {
      for (const type of types) serviceOf(plugbay, type);
    } catch (error) {
      if (isOwn) await plugbay.close();
      throw error;
    }
    if (isOwn) this.#own = plugbay;
    if (this.#isGivenUp) await this.#own?.close();
    return plugbay;
  }

  /** Closes what it opens, or has opened: the start fails. */
  async giveUp(): Promise<void> {
    this.#isGivenUp = true;
    await this.#own?.close();
  }

  /**
   * Nest calls it last of all: its servers have answered by then, and what `onModuleDestroy` and
   * `beforeApplicationShutdown` of others did with plugbay is done.
   */
  async onApplicationShutdown(): Promise<void> {
    await this.#own?.close();
  }
}

function handedIn({ plugbay, ...others }: Extract<PlugbayOptions, { plugbay: Plugbay }>): Plugbay {
  checkKnown("PlugbayModule with an open plugbay", others, { plugbay: true, isGlobal: true });
  return plugbay;
}

/** Which global module of plugbay an application has. There is one of these in an application. */
export class GlobalPlace {
  #taken: OpenedPlugbay | undefined;

  /** @throws InvalidDefinitionError when it is taken; who had it gives up */
  async take(opened: OpenedPlugbay): Promise<void> {
    if (this.#taken !== undefined) {
      await this.#taken.giveUp();
      throw new InvalidDefinitionError(
        "PlugbayModule",
        "is global twice in this application, so that what is injected could be of either; " +
          "keep one, or give one of them isGlobal: false and import it where it is meant",
      );
    }
    this.#taken = opened;
  }
}

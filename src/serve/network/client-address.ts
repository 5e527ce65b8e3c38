import { BlockList, isIP } from "node:net";

/** What stands in front and may say whose requests it hands on: addresses, and networks such as `10.0.0.0/8`. */
export class TrustedProxies {
  readonly #list = new BlockList();

  /** @throws RangeError for what is no address and no network */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  /**
   * The address that a client is counted by: what the nearest party says that is not trusted itself. What stands
   * before that in `X-Forwarded-For` anybody may have written.
   */
  clientOf(peer: string | undefined, forwardedFor: string | undefined): string {
    let client = bare(peer ?? "") ?? "";
    for (const entry of (forwardedFor ?? "").split(",").reverse()) {
      const before = bare(entry);
      if (before === undefined || !this.#trusts(client)) break;
      client = before;
    }
    return client;
  }

  #trusts(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#list.check(address, family === 4 ? "ipv4" : "ipv6");
  }

  #add(entry: string): void {
    const [address = "", bits, ...rest] = entry.split("/");
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (family === 0 || rest.length > 0 || !(length <= most)) {
      throw new RangeError(`"${entry}" is neither an address nor a network such as 10.0.0.0/8`);
    }
    this.#list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
  }
}

/** An address without a port, brackets, zone, or the prefix of IPv4 within IPv6; undefined if it is none. */
function bare(text: string): string | undefined {
  const trimmed = text.trim();
  const host = /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const address = host.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) === 0 ? undefined : address;
}

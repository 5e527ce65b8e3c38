import { type ClientPart, Messages, type ServerPart, type Wire } from "./wire.ts";

const command = {
  quit: 0x01,
  query: 0x03,
  prepare: 0x16,
  execute: 0x17,
  longData: 0x18,
  closeStatement: 0x19,
};
const unanswered = [command.quit, command.longData, command.closeStatement];

/**
 * The protocol of MySQL and MariaDB, without encryption and compression. Packets are numbered anew with each command,
 * and by the first packet of an answer the command has been done.
 */
export class MysqlWire implements Wire {
  readonly #client = new Messages();
  readonly #server = new Messages();
  readonly #prepared = new Map<number, string>();
  /** The text that the next answer gives a number for. */
  #preparing: string | undefined;
  #asked = 0;
  #answered = 0;

  fromClient(bytes: Buffer): ClientPart[] {
    return this.#client.take(bytes, packetLength).map((packet) => {
      const isCommand = packet[3] === 0 && packet.length > 4;
      if (!isCommand) return { bytes: packet, answer: this.#asked };
      const kind = packet[4] ?? 0;
      if (unanswered.includes(kind)) return { bytes: packet, answer: this.#asked };
      this.#asked += 1;
      const statement = this.#statement(kind, packet);
      return { bytes: packet, answer: this.#asked, ...(statement !== undefined && { statement }) };
    });
  }

  fromServer(bytes: Buffer): ServerPart[] {
    return this.#server.take(bytes, packetLength).map((packet) => {
      const isDone = packet[3] === 1 && this.#answered < this.#asked;
      if (isDone) {
        this.#answered += 1;
        if (this.#preparing !== undefined && packet[4] === 0)
          this.#prepared.set(packet.readUInt32LE(5), this.#preparing);
        this.#preparing = undefined;
      }
      return { bytes: packet, answer: this.#answered, isDone };
    });
  }

  #statement(kind: number, packet: Buffer): string | undefined {
    if (kind === command.execute) return this.#prepared.get(packet.readUInt32LE(5));
    if (kind === command.prepare) this.#preparing = packet.toString("utf8", 5);
    if (kind !== command.query) return undefined;
    // MySQL 8 lets a query have attributes. The drivers give none: their number is 0, their sets are 1.
    const hasAttributes = packet[5] === 0 && packet[6] === 1;
    return packet.toString("utf8", hasAttributes ? 7 : 5);
  }
}

const packetLength = (rest: Buffer): number | undefined =>
  rest.length < 4 ? undefined : 4 + rest.readUIntLE(0, 3);

import { warn } from "../../warn.ts";
import { WriteBlockedError, WriteOutcomeUnknownError } from "../errors.ts";
import { lockLimitMs } from "../lock-limit.ts";
import { LockWait } from "../lock-wait.ts";
import type { RevisionMark } from "../mark.ts";
import { blockedBy } from "../own-words.ts";
import { silentFor } from "../silence.ts";
import type { StoreConnection } from "../store-connection.ts";
import { newUuid } from "../uuid.ts";
import { type Change, changeWork, type Place, type Written } from "./change-work.ts";
import { lookFor } from "./look-for.ts";
import { OwnRevisions } from "./own-revisions.ts";
import { writeForCertain } from "./write-for-certain.ts";

/** The change to make and its author. */
type ChangeRequest = Pick<Change, "author" | "decide" | "expected" | "repetition" | "prologue">;

/** Makes changes, each in one transaction, and tells of those that were made. */
export class ChangeMaker {
  readonly #connection: StoreConnection;
  readonly #place: Place & { readonly description: string };
  readonly #onWritten: (written: RevisionMark) => void;
  readonly #own = new OwnRevisions();

  /** `onWritten` hears of each change that was made; what it throws is a warning. */
  constructor(
    connection: StoreConnection,
    place: Place & { readonly description: string },
    onWritten: (written: RevisionMark) => void,
  ) {
    this.#connection = connection;
    this.#place = place;
    this.#onWritten = onWritten;
  }

  /** Whether this process wrote that revision, a moment ago. */
  isOwn(revisionId: string): boolean {
    return this.#own.has(revisionId);
  }

  /**
   * Makes a change. It is repeated where it lost against another, and looked for where nobody knows what became of it.
   *
   * @throws KeyUsed where something was made under its key before; WriteBlockedError, WriteOutcomeUnknownError
   */
  async make(request: ChangeRequest): Promise<Written> {
    const written = await this.#make(request);
    if (written.changes.length > 0) this.#tell(written);
    return written;
  }

  #make(request: ChangeRequest): Promise<Written> {
    const connection = this.#connection;
    const place = this.#place;
    const { dialect, description, clock } = place;
    const id = newUuid();
    // Before it is made: the news of it may be here sooner than the answer.
    if (!connection.isJoined) this.#own.add(id);
    const lockWait = new LockWait(clock);
    return connection.reachToWrite((access, call) => {
      const blocked = async (): Promise<Error> =>
        (await access.life()) === "silent"
          ? silentFor(lockLimitMs)
          : new WriteBlockedError(description, new Error(noLock));
      return writeForCertain(access, {
        work: changeWork(place, { ...request, id, call, lockWait, blocked }),
        begin() {
          call.begin();
          call.within(lockWait.nextMs, blocked);
        },
        isRepeatable: (error) => !connection.isJoined && dialect.isRepeatable(error),
        look: () => lookFor(access, place, id, () => connection.isClosed),
        unknown: (error) => new WriteOutcomeUnknownError(description, request.repetition?.key, error),
        blocked: (error) => blockedBy(error, place, lockLimitMs),
      });
    }, "writer");
  }

  /** What was written is no failure, whatever becomes of the news. */
  #tell(written: RevisionMark): void {
    try {
      this.#onWritten(written);
    } catch (error) {
      warn("a change was made, and others could not be told", error);
    }
  }
}

const noLock = `the lock did not come within ${lockLimitMs / 1_000} s`;

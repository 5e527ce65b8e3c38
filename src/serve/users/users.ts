import type { AuthContext } from "better-auth";
import type { UserRole } from "../../define-config.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { UserExistsError, UserNotFoundError } from "../errors.ts";
import { passwordLength } from "../sign-in/auth-options.ts";
import { asRole, roles } from "./role.ts";

/** Somebody who may sign in to the panel. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  /** `password`, or the id of a provider of OpenID Connect. */
  readonly signsInBy: readonly string[];
  readonly createdAt: string;
}

export interface NewUser {
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: UserRole;
  /** Without one, the user signs in at a provider only. */
  readonly password: string | undefined;
}

type UserContext = Pick<AuthContext, "internalAdapter" | "password">;

/** The panel's users, as the command line manages them. */
export class Users {
  readonly #context: UserContext;

  constructor(context: UserContext) {
    this.#context = context;
  }

  async list(): Promise<User[]> {
    const rows = await this.#context.internalAdapter.listUsers(undefined, undefined, {
      field: "email",
      direction: "asc",
    });
    return Promise.all(rows.map((row) => this.#toUser(row)));
  }

  /** @throws UserExistsError, InvalidOptionError */
  async create({ email, name, role, password }: NewUser): Promise<User> {
    checkEmail(email);
    checkRole(role);
    if (password !== undefined) checkPassword(password);
    const { internalAdapter, password: passwords } = this.#context;
    if (await internalAdapter.findUserByEmail(email)) throw new UserExistsError(email);
    // Who makes a user vouches for the address; so a provider that has checked it may let the user in.
    const values = { email, name: name ?? email, role, emailVerified: true };
    const row = await internalAdapter
      .createUser(values, { method: "email-password" })
      .catch(async (error: unknown) => {
        // Another process may have been faster; the database lets one of them have the address.
        throw (await internalAdapter.findUserByEmail(email)) ? new UserExistsError(email) : error;
      });
    if (password !== undefined) await this.#link(row.id, await passwords.hash(password));
    return this.#toUser(row);
  }

  /** Takes effect with the user's next request. @throws UserNotFoundError, InvalidOptionError */
  async setRole(email: string, role: UserRole): Promise<{ before: User; after: User }> {
    checkRole(role);
    const before = await this.#find(email);
    await this.#context.internalAdapter.updateUser(before.id, { role });
    return { before, after: { ...before, role } };
  }

  /** Ends the user's sessions. @throws UserNotFoundError, InvalidOptionError */
  async resetPassword(email: string, password: string): Promise<User> {
    checkPassword(password);
    const user = await this.#find(email);
    const { internalAdapter, password: passwords } = this.#context;
    const hash = await passwords.hash(password);
    const account = await internalAdapter.findCredentialAccount(user.id);
    if (account) await internalAdapter.updateAccount(account.id, { password: hash });
    else await this.#link(user.id, hash);
    await internalAdapter.deleteUserSessions(user.id);
    return this.#find(email);
  }

  /** Ends the user's sessions. @throws UserNotFoundError */
  async remove(email: string): Promise<User> {
    const user = await this.#find(email);
    await this.#context.internalAdapter.deleteUser(user.id);
    return user;
  }

  async #link(userId: string, hash: string): Promise<void> {
    const account = { userId, providerId: "credential", accountId: userId, password: hash };
    await this.#context.internalAdapter.linkAccount(account);
  }

  async #find(email: string): Promise<User> {
    const found = await this.#context.internalAdapter.findUserByEmail(email);
    if (found === null) throw new UserNotFoundError(email);
    return this.#toUser(found.user);
  }

  async #toUser(row: UserRow): Promise<User> {
    const accounts = await this.#context.internalAdapter.findAccounts(row.id);
    const signsInBy = accounts.map(({ providerId }) =>
      providerId === "credential" ? "password" : providerId,
    );
    const { id, email, name, createdAt } = row;
    return { id, email, name, role: asRole(row.role), signsInBy, createdAt: createdAt.toISOString() };
  }
}

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly role?: unknown;
}

function checkEmail(email: string): void {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 254) return;
  throw new InvalidOptionError("email", email, "it is an e-mail address, such as ada@example.com");
}

export function checkRole(role: string): asserts role is UserRole {
  if (roles.some((known) => known === role)) return;
  throw new InvalidOptionError("role", role, `it is ${roles.join(", ").replace(/, (\w+)$/, " or $1")}`);
}

function checkPassword(password: string): void {
  const { min, max } = passwordLength;
  if (password.length >= min && password.length <= max) return;
  // The value stays out of the message, which may end up in a log.
  throw new InvalidOptionError("password", "…", `it has ${min} to ${max} characters`);
}

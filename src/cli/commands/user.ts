import { type Command, Option } from "commander";
import type { UserRole } from "../../define-config.ts";
import { roles } from "../../serve/users/role.ts";
import { checkRole, type User } from "../../serve/users/users.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { confirm } from "../confirm.ts";
import { readPassword } from "../read-password.ts";
import type { Report } from "../report.ts";
import { formatTable } from "../table.ts";
import { withUsers } from "../with-users.ts";

export function addUser(program: Command): void {
  const user = program
    .command("user")
    .description("Manages who may sign in to the panel of plugbay serve.")
    .enablePositionalOptions();

  addCommand(user, "create", "Creates a user; asks for the password.", [
    "user create ada@example.com --role admin",
    "user create bob@example.com --role reader --no-password",
  ])
    .argument("<email>")
    .addOption(new Option("--role <role>", roles.join(", ")).makeOptionMandatory())
    .option("--name <name>", "the user's name (default: the address)")
    .option("--password-stdin", "read the password from the standard input")
    .option("--no-password", "for a user who signs in only with an OpenID Connect provider")
    .option("--migrate", "create the users' tables if they are missing")
    .action(reporting(create));

  addCommand(user, "list", "Lists the users.", ["user list", "user list --json"]).action(reporting(list));

  addCommand(user, "set-role", "Changes what a user may do, from the next request on.", [
    "user set-role ada@example.com editor",
  ])
    .argument("<email>")
    .argument("<role>", roles.join(", "))
    .action(reporting(setRole));

  addCommand(user, "reset-password", "Gives a user a new password and ends the user's sessions.", [
    "user reset-password ada@example.com",
    "user reset-password ada@example.com --password-stdin < password.txt",
  ])
    .argument("<email>")
    .option("--password-stdin", "read the password from the standard input")
    .action(reporting(resetPassword));

  addCommand(user, "remove", "Removes a user and ends the user's sessions; the history keeps the name.", [
    "user remove ada@example.com",
  ])
    .argument("<email>")
    .option("--yes", "do not ask")
    .action(reporting(remove));
}

interface CreateOptions extends CommonOptions {
  readonly role: UserRole;
  readonly name?: string;
  readonly passwordStdin?: true;
  readonly password: boolean;
  readonly migrate?: true;
}

async function create(email: string, options: CreateOptions): Promise<Report> {
  const { role, name, migrate = false } = options;
  checkRole(role);
  const config = await loadConfig(options.config);
  return withUsers(config, { command: "user create", migrate }, async (users) => {
    const password = options.password ? await readPassword(options.passwordStdin === true) : undefined;
    const user = await users.create({ email, name, role, password });
    return { json: { user }, text: `${user.email} may sign in as ${user.role}.` };
  });
}

async function list({ config }: CommonOptions): Promise<Report> {
  return withUsers(await loadConfig(config), { command: "user create" }, async (all) => {
    const users = await all.list();
    return { json: { users }, text: users.length === 0 ? "Nothing found." : formatUsers(users) };
  });
}

const formatUsers = (users: readonly User[]): string =>
  formatTable(
    ["EMAIL", "NAME", "ROLE", "SIGNS IN BY", "CREATED"],
    users.map(({ email, name, role, signsInBy, createdAt }) => [
      ...[email, name === email ? "" : name, role, signsInBy.join(", ") || "nothing yet", createdAt],
    ]),
  );

async function setRole(email: string, role: UserRole, { config }: CommonOptions): Promise<Report> {
  return withUsers(await loadConfig(config), { command: "user create" }, async (users) => {
    const { before, after } = await users.setRole(email, role);
    const change = before.role === after.role ? "nothing changed" : `role: ${before.role} -> ${after.role}`;
    return { json: { before, after }, text: `${after.email}\n    ${change}` };
  });
}

interface ResetOptions extends CommonOptions {
  readonly passwordStdin?: true;
}

async function resetPassword(email: string, { config, passwordStdin }: ResetOptions): Promise<Report> {
  return withUsers(await loadConfig(config), { command: "user create" }, async (users) => {
    const user = await users.resetPassword(email, await readPassword(passwordStdin === true));
    return { json: { user }, text: `${user.email} has a new password; all sessions have ended.` };
  });
}

interface RemoveOptions extends CommonOptions {
  readonly yes?: true;
}

async function remove(email: string, { config, yes }: RemoveOptions): Promise<Report> {
  return withUsers(await loadConfig(config), { command: "user create" }, async (users) => {
    if (!yes && !(await confirm(`${email} will not be able to sign in.`, "Remove this user?"))) {
      return { json: { user: null }, text: "No user was removed." };
    }
    const user = await users.remove(email);
    return { json: { user }, text: `${user.email} is removed.` };
  });
}

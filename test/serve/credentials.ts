import { randomBytes } from "node:crypto";

/** What the panels of the tests sign their cookies with. */
export const secret = randomBytes(32).toString("base64url");

/** The password of every user. */
export const password = "correct horse battery";

import { createHmac } from "node:crypto";

// Stands for your own sign-in.
const password = process.env.PANEL_PASSWORD ?? "demo";
const session = createHmac("sha256", password).update("panel").digest("hex");

export const cookie = "panel_session";

export const isSignedIn = (value: string | undefined): boolean => value === session;

/** The value of the cookie for who has the password. */
export const sessionFor = (given: unknown): string | undefined => (given === password ? session : undefined);

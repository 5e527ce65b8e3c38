/** What somebody sees of a command that has ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a user: some packages are laxer where a test runner says that it runs them. */
export const userEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: undefined,
  VITEST: undefined,
  PLUGBAY_AUTH_SECRET: undefined,
});

const standard = 4_000;

/** The port that `PORT` asks for; 0 is any free one. */
export function readPort(): number {
  const { PORT } = process.env;
  const port = PORT ? Number(PORT) : standard;
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT is "${PORT}"; it is an integer from 0 to 65535.`);
}

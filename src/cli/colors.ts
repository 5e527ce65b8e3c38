import picocolors from "picocolors";

/** Whether colours are wanted on a stream: it is a terminal, and nothing in the environment speaks against them. */
export const isColorful = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && picocolors.isColorSupported;

/** The colours of what is printed on standard output. */
export const colors = picocolors.createColors(isColorful(process.stdout));

import picocolors from "picocolors";
import { painted } from "./shown-text.ts";

/** Whether colours are wanted on a stream: it is a terminal, and nothing in the environment speaks against them. */
export const isColorful = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && picocolors.isColorSupported;

const { dim, green, red, yellow } = picocolors.createColors(isColorful(process.stdout));

/** The colours of what is printed on standard output, by way of `shown`. */
export const colors = {
  dim: (text: string): string => painted(dim, text),
  green: (text: string): string => painted(green, text),
  red: (text: string): string => painted(red, text),
  yellow: (text: string): string => painted(yellow, text),
};

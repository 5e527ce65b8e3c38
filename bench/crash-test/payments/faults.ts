/** What a gateway does wrong with a charge. */
export type Fault =
  | "silent, not booked"
  | "silent, booked"
  | "silent, booked late"
  | "reset, not booked"
  | "reset, booked"
  | "500, booked"
  | "503, not booked"
  | "402, not booked";

const ofFirst: readonly (Fault | undefined)[] = [
  "silent, not booked",
  "silent, booked",
  "silent, booked late",
  "reset, not booked",
  "reset, booked",
  "500, booked",
  "503, not booked",
  "402, not booked",
];

const ofSecond: readonly (Fault | undefined)[] = ["reset, booked", "silent, booked", "503, not booked"];

/** The fault of an order's first charge at a gateway: 8 in 50 at the first, one in three at the second. */
export function faultOf(gateway: string, order: number): Fault | undefined {
  if (gateway === "first") return ofFirst[order % 50];
  return Math.floor(order / 50) % 3 === 0 ? ofSecond[order % 3] : undefined;
}

/** How many of so many, in percent; one decimal below 10, for the first failures are worth seeing. */
export function percentOf(part: number, whole: number): number {
  if (whole === 0) return 0;
  const percent = (part / whole) * 100;
  return percent < 10 ? Math.ceil(percent * 10) / 10 : Math.round(percent);
}

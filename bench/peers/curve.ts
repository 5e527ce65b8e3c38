/** One line of a drawing: its values at each size. */
export interface Curve {
  readonly name: string;
  readonly values: ReadonlyMap<number, number>;
}

const width = 760;
const height = 380;
const left = 74;
const right = width - 190;
const top = 44;
const bottom = height - 48;
const labelHeight = 17;
/** Colours that are told apart without red and green: Okabe and Ito, jfly.uni-koeln.de/color. */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a94a6"];

/** A drawing of what grows with how many items, on logarithmic scales, that fits a light page and a dark one. */
export function drawCurves(title: string, unit: string, curves: readonly Curve[]): string {
  const sizes = [...(curves[0]?.values.keys() ?? [])];
  const values = curves.flatMap((curve) => [...curve.values.values()]);
  const x = scale(Math.min(...sizes), Math.max(...sizes), left, right);
  const decades = decadesAround(Math.min(...values), Math.max(...values));
  const y = scale(decades[0] ?? 1, decades.at(-1) ?? 10, bottom, top);
  const grid = decades.map(
    (value) => `  <path class="grid" d="M${left} ${round(y(value))}H${right}" />
  <text class="soft" x="${left - 8}" y="${round(y(value)) + 4}" text-anchor="end">${plain(value)} ${unit}</text>`,
  );
  const marks = sizes.map(
    (size) =>
      `  <text class="soft" x="${round(x(size))}" y="${bottom + 24}" text-anchor="middle">${size.toLocaleString("en")} items</text>`,
  );
  const ends = spread(curves.map((curve) => y([...curve.values.values()].at(-1) ?? 1)));
  const lines = curves.map((curve, index) => {
    const colour = colours[index % colours.length];
    const points = [...curve.values].map(([size, value]) => `${round(x(size))} ${round(y(value))}`);
    return `  <path d="M${points.join("L")}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round" />
${points.map((point) => `  <circle cx="${point.replace(" ", '" cy="')}" r="3.5" fill="${colour}" />`).join("\n")}
  <rect x="${right + 14}" y="${round((ends[index] ?? 0) - 5)}" width="10" height="10" rx="2" fill="${colour}" />
  <text class="text" x="${right + 30}" y="${round((ends[index] ?? 0) + 4)}">${curve.name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 ${width + 10} ${height}" role="img" aria-labelledby="title" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">
  <title id="title">${title}</title>
  <style>
    .text { fill: #1f2933 }
    .soft { fill: #52606d }
    .grid { stroke: #8a94a6; stroke-opacity: 0.35 }
    @media (prefers-color-scheme: dark) {
      .text { fill: #e7ecf2 }
      .soft { fill: #a7b3c1 }
    }
  </style>
  <text class="text" x="${left}" y="22" font-weight="600">${title}</text>
${[...grid, ...marks, ...lines].join("\n")}
</svg>
`;
}

/** Where a value is between two ends of a line, on a logarithmic scale. */
function scale(least: number, most: number, from: number, to: number): (value: number) => number {
  const span = Math.log(most) - Math.log(least);
  return (value) => from + ((Math.log(value) - Math.log(least)) / span) * (to - from);
}

/** The powers of ten from the one below the least value to the one above the greatest. */
function decadesAround(least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least));
  const last = Math.ceil(Math.log10(most));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

/** The heights of labels that do not cover one another, each as near to its line's end as that allows. */
function spread(heights: readonly number[]): number[] {
  const order = heights
    .map((_, index) => index)
    .sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0));
  const placed: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    const at = Math.max(heights[index] ?? 0, free);
    placed[index] = at;
    free = at + labelHeight;
  }
  const over = Math.max(0, Math.max(...placed) - bottom);
  return placed.map((at) => at - over);
}

const round = (value: number): number => Math.round(value * 10) / 10;
const plain = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 3 });

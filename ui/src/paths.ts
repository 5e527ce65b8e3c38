/** The addresses of the panel's pages, below its base path. */
export const paths = {
  overview: "/",
  types: "/types",
  type: (id: string) => `/types/${encodeURIComponent(id)}`,
  addItem: (typeId: string) => `/types/${encodeURIComponent(typeId)}/add`,
  items: "/items",
  item: (id: string) => `/items/${encodeURIComponent(id)}`,
  history: "/history",
  change: (revision: number) => `/history/changes/${revision}`,
  processes: "/processes",
} as const;

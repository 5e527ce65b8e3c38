import * as panel from "../../panel.js";

const missing = () => new Response("the host's 404", { status: 404 });
const nothing = { GET: missing, HEAD: missing, POST: missing, PUT: missing, PATCH: missing, DELETE: missing };

// The panel has all pages where it is at the root, else none of these.
export const { DELETE, GET, HEAD, PATCH, POST, PUT } = /^\/?$/.test(panel.path) ? panel : nothing;

export type { Admin, AdminOptions, Authorization } from "./admin.ts";
export { createAdmin } from "./create-admin.ts";

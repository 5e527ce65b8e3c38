import type { Database } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import type { DatabaseAddress } from "./setup.ts";

const databases = { sqlite, postgres, mysql };

export const databaseAt = ({ kind, url }: DatabaseAddress): Database => databases[kind](url);

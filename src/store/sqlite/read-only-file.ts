import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { FileConnections } from "./file-connections.ts";
import { placeOf } from "./file-place.ts";
import type { SqliteDatabase, SqliteDatabaseClass } from "./load-driver.ts";

/**
 * Opens a file that this process may only read. One with a write-ahead log needs a file beside it, also to be read:
 * where nobody has made that, and this process may not, the file is read as it is.
 */
export function openToRead(Driver: SqliteDatabaseClass, path: string): FileConnections {
  const changing = openChanging(Driver, path);
  if (!changing) return readAsItIs(Driver, path);
  const name = realpathSync(path);
  return { writing: changing, reading: changing, mode: "read", name, place: placeOf(path, name) };
}

/** Reads the file as one that nobody changes, and without its log: it is opened anew when either is written. */
export function readAsItIs(Driver: SqliteDatabaseClass, path: string): FileConnections {
  const name = realpathSync(path);
  // Before it is read: what is written meanwhile has to be found.
  const place = placeOf(path, name);
  const database = new Driver(`${pathToFileURL(name).href}?immutable=1`, { readOnly: true });
  return { writing: database, reading: database, mode: "read as it is", name, place };
}

function openChanging(Driver: SqliteDatabaseClass, path: string): SqliteDatabase | undefined {
  const database = new Driver(path);
  try {
    database.exec("pragma busy_timeout = 0");
    database.exec("select 1 from sqlite_master");
    return database;
  } catch {
    database.close();
    return undefined;
  }
}

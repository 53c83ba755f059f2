// SQLite's connections, statements and iterators, kept for the life of the process. From version 24.19 on Node aborts when one of
// these native objects of better-sqlite3 12 is collected as garbage (`RemoveEnvironmentCleanupHook`, env != nullptr), and 13 does not
// run on Node 20. They are few: a command opens the ledger some times and prepares some dozens of statements.
import Database from 'better-sqlite3';

const kept: object[] = [];

/** Opens a database whose native objects are never collected. Throws what SQLite throws. */
export function openSqlite(path: string, options: Database.Options = {}): Database.Database {
  const db = new Database(path, options);
  const prepare = db.prepare.bind(db);
  const prepareKept = (sql: string) => keepIterators(prepare(sql));
  kept.push(db);
  db.prepare = prepareKept as typeof db.prepare;
  db.pragma = (source, { simple = false } = {}) => {
    const statement = prepareKept(`PRAGMA ${source}`);
    if (!statement.reader) return statement.run();
    return simple ? statement.pluck().get() : statement.all();
  };
  return db;
}

function keepIterators(statement: Database.Statement<unknown[]>): Database.Statement<unknown[]> {
  const iterate = statement.iterate.bind(statement);
  kept.push(statement);
  statement.iterate = (...values) => {
    const rows = iterate(...values);
    kept.push(rows);
    return rows;
  };
  return statement;
}

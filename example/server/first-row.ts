import type Database from 'libsql';

/** We don't use `get()` of the driver, because it adds the time of the query to the row, and every page would differ. */
export function firstRow(statement: Database.Statement, parameters: object) {
	return statement.all(parameters)[0];
}

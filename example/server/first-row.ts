import type Database from 'libsql';

/** `get()` of the driver adds the time that the query took to the row, which would make every page differ. */
export function firstRow(statement: Database.Statement, parameters: object) {
	return statement.all(parameters)[0];
}

import {randomBytes, type ScryptOptions, scrypt, scryptSync, timingSafeEqual} from 'node:crypto';
import type Database from 'libsql';
import {firstRow} from './first-row.ts';

export type User = {readonly id: number; readonly name: string};

export type Users = {
	get(id: number): User | undefined;
	/** Gives the user whose email and password these are. */
	verify(email: string, password: string): Promise<User | undefined>;
};

const hashLength = 32;

/** The hash is slow on purpose: whoever steals the database has to guess at this pace. */
const cost: ScryptOptions = {N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26};

export function queryUsers(database: Database.Database): Users {
	const get = database.prepare('select id, name from users where id = :id');
	const find = database.prepare('select id, name, passwordHash from users where email = lower(:email)');
	// No password has this hash. An unknown address takes as long as a known one, so nobody learns which ones are known.
	const unknown = {id: 0, name: '', passwordHash: `${randomBytes(16).toString('hex')}:${'0'.repeat(hashLength * 2)}`};

	return {
		get: id => firstRow(get, {id}) as User | undefined,
		async verify(email, password) {
			const {passwordHash, ...user} = (firstRow(find, {email}) ?? unknown) as typeof unknown;
			return (await isPasswordOf(passwordHash, password)) ? user : undefined;
		},
	};
}

/** Gives the text that is stored in place of a password: the salt and the hash. */
export function hashPassword(password: string) {
	const salt = randomBytes(16).toString('hex');
	return `${salt}:${scryptSync(password, salt, hashLength, cost).toString('hex')}`;
}

function isPasswordOf(passwordHash: string, password: string) {
	const [salt = '', hash = ''] = passwordHash.split(':');

	return new Promise<boolean>((resolve, reject) => {
		scrypt(password, salt, hashLength, cost, (error, key) => {
			if (error) {
				reject(error);
			} else {
				resolve(timingSafeEqual(key, Buffer.from(hash, 'hex')));
			}
		});
	});
}

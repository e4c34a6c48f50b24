import {createHash, generateKeyPairSync, sign} from 'node:crypto';

export type Certificate = {
	readonly key: string;
	readonly cert: string;
	/** The flag with which Chromium trusts it. */
	readonly flag: string;
};

/** Makes a certificate for `localhost` that nobody has signed, without a program for it. */
export function createCertificate(): Certificate {
	const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const publicInfo = publicKey.export({type: 'spki', format: 'der'});
	const algorithm = sequence(oid('2a8648ce3d040302'));
	const name = sequence(encode(0x31, sequence(oid('550403'), encode(0x0c, Buffer.from('localhost')))));
	const alternative = sequence(encode(0x82, Buffer.from('localhost')));
	const content = sequence(
		encode(0xa0, encode(0x02, Buffer.from([2]))),
		encode(0x02, Buffer.from([1])),
		algorithm,
		name,
		sequence(time(Date.now() - 86_400_000), time(Date.now() + 86_400_000)),
		name,
		publicInfo,
		encode(0xa3, sequence(sequence(oid('551d11'), encode(0x04, alternative)))),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]);
	const text = sequence(content, algorithm, encode(0x03, signature)).toString('base64').replace(/.{64}/g, '$&\n');

	return {
		key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
		flag: `--ignore-certificate-errors-spki-list=${createHash('sha256').update(publicInfo).digest('base64')}`,
	};
}

function encode(tag: number, ...contents: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(contents);
	const {length} = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
	return encode(0x30, ...contents);
}

function oid(hex: string): Buffer {
	return encode(0x06, Buffer.from(hex, 'hex'));
}

/** As `260131235959Z`. */
function time(milliseconds: number): Buffer {
	const digits = new Date(milliseconds).toISOString().replace(/\D/g, '');
	return encode(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

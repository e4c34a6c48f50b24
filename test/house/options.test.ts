import test from 'ava';
import {readSourceFiles} from '../helpers/source-files.ts';

/** A member of an interface, with the description in front of it. */
interface Option {
	/** For example `InertiaOptions.manifest`. */
	readonly name: string;
	readonly description: string;
}

/** Every member of an interface whose name ends in `Options`, but what is made of them inside. */
const options: readonly Option[] = (await readSourceFiles('source')).flatMap(({text}) =>
	[...text.matchAll(/^export interface (?<name>(?!Normalized)\w*Options)\b[^{]*\{\n(?<body>.*?)^\}/gms)].flatMap(
		({groups}) =>
			[
				...groups!.body!.matchAll(
					/(?<description>(?:\t\/\*\*(?:(?!\*\/).)*\*\/\n)?)^\t(?:readonly )?(?<member>\w+)\??(?=[:(<])/gms,
				),
			].map(({groups: found}) => ({name: `${groups!.name}.${found!.member}`, description: found!.description!})),
	),
);

const listWithout = (pattern: RegExp): string[] =>
	options.filter(({description}) => !pattern.test(description)).map(({name}) => name);

test('every option is found', t => {
	t.true(options.length >= 60, String(options.length));
	const names = options.map(({name}) => name);
	for (const name of ['InertiaOptions.views', 'KoaInertiaOptions.pages', 'MergeOptions.append', 'CsrfOptions.flash']) {
		t.true(names.includes(name), name);
	}
});

test('every option says what it is when it is not given', t => {
	t.deepEqual(listWithout(/@default|Required/), []);
});

test('every option has an example', t => {
	t.deepEqual(listWithout(/@example\n/), []);
});

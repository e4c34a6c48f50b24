import test from 'ava';
import {deepMerge, defer, merge, OptionError, once, prepend, scroll} from 'koa-inertia';

const load = (): unknown[] => [];
const factories: Array<[name: string, make: (options: never) => unknown, options: readonly string[]]> = [
	['defer', options => defer(load, options), ['group', 'rescue']],
	['once', options => once(load, options), ['key', 'expiresIn', 'expiresAt', 'fresh']],
	['merge', options => merge(load, options), ['matchOn', 'prepend', 'append']],
	['prepend', options => prepend(load, options), ['matchOn', 'prepend']],
	['deepMerge', options => deepMerge(load, options), ['matchOn']],
	['scroll', options => scroll(load, options), ['metadata', 'pageName', 'wrapper', 'matchOn']],
];

/** What each option refuses, whichever factory has it. */
const wrongValues: Readonly<Record<string, readonly unknown[]>> = {
	group: ['', 7, null, ['a'], Symbol('group')],
	rescue: ['true', 1, null, () => true],
	key: ['', 7, 'a,b', 'größe', 'a\nb', ' a', 'a ', null],
	expiresIn: [-1, Number.NaN, Number.POSITIVE_INFINITY, '1 hour', '1', '-1h', '1y', 'soon', '', null, new Date(), 7n],
	expiresAt: ['2030-01-01', Number.NaN, new Date('never'), null, {}, 7n],
	fresh: ['true', 1, null],
	matchOn: ['', 7, [''], ['id', 7], null, {}],
	append: ['', 7, true, ['data', ''], null],
	prepend: ['', 7, true, [null], {}],
	metadata: [7, 'page', null, true],
	pageName: ['', 7, null],
	wrapper: ['', 7, null, ['data']],
};

for (const [name, make, options] of factories) {
	test(`\`${name}\` refuses an option that it doesn't have, with the nearest that it has`, t => {
		for (const option of options) {
			const mistyped = `${option.slice(0, -1)}X`;
			t.throws(() => make({[mistyped]: 1} as never), {
				instanceOf: OptionError,
				code: 'ERR_INERTIA_OPTION',
				message: `\`${name}\` has no option \`${mistyped}\`. Did you mean \`${option}\`? Its options are: ${options.join(', ')}.`,
			});
		}

		for (const unknown of ['{"constructor":1}', '{"__proto__":1}', '{"somethingElse":1}']) {
			t.throws(() => make(JSON.parse(unknown) as never), {instanceOf: OptionError, message: /has no option/});
		}
	});

	test(`\`${name}\` refuses values of another type, with what was received`, t => {
		for (const option of options) {
			for (const value of wrongValues[option]!) {
				const error = t.throws(
					() => make({[option]: value} as never),
					{instanceOf: OptionError},
					`${option}: ${String(value)}`,
				);
				t.regex(error.message, new RegExp(`^In \`${name}\`, the option \`${option}\` must be .+, received .+\\.$`));
			}
		}
	});

	test(`\`${name}\` takes an object of options only, or none`, t => {
		for (const wrong of [null, 'slow', 7, true]) {
			const message = new RegExp(`^\`${name}\` takes an object of options, received `);
			t.throws(() => make(wrong as never), {instanceOf: OptionError, message});
		}

		t.notThrows(() => make(undefined as never));
		t.notThrows(() => make(Object.freeze(Object.fromEntries(options.map(option => [option, undefined]))) as never));
	});
}

test('`once` refuses two ends', t => {
	t.throws(() => once(load, {expiresIn: '1h', expiresAt: 0}), {
		instanceOf: OptionError,
		message: /either `expiresIn` or `expiresAt`, received both/,
	});
});

test('`defer` refuses what is there already', t => {
	for (const value of [7, 'x', null, undefined, [1], {}, Promise.resolve(1)]) {
		t.throws(() => defer(value as never), {
			instanceOf: OptionError,
			message: /`defer` takes a function or a prop, received/,
		});
	}
});

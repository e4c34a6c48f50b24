import type {RenderContext} from './rendering.ts';

interface Parser {
	nextToken(): {readonly value: string};
	peekToken(): {readonly type: string};
	parseSignature(tolerant: null, withoutParentheses: boolean): unknown;
	advanceAfterBlockEnd(name: string): void;
}

interface Nodes {
	readonly CallExtension: new (extension: object, method: string, parameters: unknown) => object;
}

interface InertiaTag {
	readonly tags: string[];
	parse(parser: Parser, nodes: Nodes): object;
	run(context: RenderContext, ...given: unknown[]): unknown;
}

/** Makes the tag `{% inertia %}`, which takes the arguments of the global `inertia()` and does the same. */
export function createInertiaTag(): InertiaTag {
	return {
		tags: ['inertia'],
		parse(parser, nodes) {
			const {value} = parser.nextToken();
			const parameters = parser.parseSignature(null, parser.peekToken().type !== 'left-paren');
			parser.advanceAfterBlockEnd(value);
			return new nodes.CallExtension(this, 'run', parameters);
		},
		run(context, ...given) {
			const inertia = context.env.getGlobal('inertia') as (this: RenderContext, ...given: unknown[]) => unknown;
			return inertia.apply(context, given);
		},
	};
}

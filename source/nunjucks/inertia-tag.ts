import type {RenderContext} from './rendering.ts';

interface Parser {
	nextToken(): {readonly value: string};
	parseSignature(tolerant: null, withoutParentheses: boolean): unknown;
	advanceAfterBlockEnd(name: string): void;
}

interface Nodes {
	readonly CallExtension: new (extension: object, method: string, parameters: unknown) => object;
}

interface InertiaTag {
	readonly tags: string[];
	parse(parser: Parser, nodes: Nodes): object;
	run(context: RenderContext): unknown;
}

/** Makes the tag `{% inertia %}`, which does the same as the global `inertia()`. */
export function createInertiaTag(): InertiaTag {
	return {
		tags: ['inertia'],
		parse(parser, nodes) {
			const {value} = parser.nextToken();
			const parameters = parser.parseSignature(null, true);
			parser.advanceAfterBlockEnd(value);
			return new nodes.CallExtension(this, 'run', parameters);
		},
		run(context) {
			return (context.env.getGlobal('inertia') as (this: RenderContext) => unknown).call(context);
		},
	};
}

import nunjucks from 'nunjucks';
import {type RenderContext, runTag} from './rendering.ts';

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
	run(context: RenderContext): object;
}

/** The tag `{% inertia %}`, which gives the same as `{{ inertia() }}`. */
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
			return new nunjucks.runtime.SafeString(runTag(context, '{% inertia %}', tags => tags.inertia()));
		},
	};
}

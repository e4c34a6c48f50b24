import {Head, Link} from '@inertiajs/react';

export default function NotFound({path}: {readonly path: string}) {
	return (
		<>
			<Head title="Not found" />
			<article className="prose">
				<h1>Only dark sky here</h1>
				<p>
					There is nothing at <code>{path}</code>.
				</p>
				<Link href="/" className="button">
					Back to the stars
				</Link>
			</article>
		</>
	);
}

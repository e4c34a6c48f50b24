import {Head, Link, usePage} from '@inertiajs/react';

export default function About() {
	const {version} = usePage();

	return (
		<>
			<Head title="About" />
			<article className="prose">
				<h1>How this page stays up to date</h1>
				<p>
					Nightbook is a small application on Koa, Inertia and Vite. Pages change without a reload, so a tab may stay
					open for days, while a newer build has long been put on the server. This is how the two find together again.
				</p>
				<ol>
					<li>
						Vite writes a manifest with the name of every file it built. The server hashes it, and calls the result the{' '}
						<em>version</em>.
					</li>
					<li>
						The document carries the version, in its page data, in a <code>meta</code> element and in the line at the
						bottom. The tab that you look at runs <code>{version}</code>.
					</li>
					<li>Every visit inside the application sends that version along.</li>
					<li>
						When the server has another one, it answers <code>409</code> before any work is done, and the client loads
						the same address as a fresh document, with the new code.
					</li>
				</ol>
				<p>
					See it happen: leave this tab open, change a sentence in <code>example/source</code>, run the build of the
					example and follow a link. The line at the bottom changes with it.
				</p>
				<h2>And when something goes wrong</h2>
				<p>
					Whatever the server can’t answer becomes a page of the application: an address{' '}
					<Link href="/nowhere">that nobody knows</Link>, or a handler <Link href="/broken">that fails</Link>. In
					development the second one shows what was thrown.
				</p>
			</article>
		</>
	);
}

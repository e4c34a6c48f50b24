import {Link, usePage} from '@inertiajs/react';
import type {ReactNode} from 'react';

export function Layout({children}: {readonly children: ReactNode}) {
	const {
		url,
		props: {progress},
	} = usePage();

	return (
		<>
			<header className="masthead">
				<Link href="/" className="wordmark">
					Nightbook
				</Link>
				<p className="tagline">Twenty-four bright stars, and the nights you met them</p>
				<nav aria-label="Main">
					<Link href="/" className="tab" aria-current={url.startsWith('/about') ? undefined : 'page'}>
						Stars
					</Link>
					<Link href="/about" className="tab" aria-current={url.startsWith('/about') ? 'page' : undefined}>
						About
					</Link>
				</nav>
				<p className="progress">
					<span>
						{progress.seen} of {progress.total} seen
					</span>
					<progress value={progress.seen} max={progress.total} aria-label="Stars seen" />
				</p>
			</header>
			<main>{children}</main>
		</>
	);
}

import {Link, usePage} from '@inertiajs/react';
import type {ReactNode} from 'react';

const tabs = [
	{href: '/logbook', label: 'Logbook'},
	{href: '/about', label: 'About'},
];

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
					<Tab href="/" label="Stars" isCurrent={!tabs.some(({href}) => url.startsWith(href))} />
					{tabs.map(tab => (
						<Tab key={tab.href} {...tab} isCurrent={url.startsWith(tab.href)} />
					))}
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

type TabProps = {readonly href: string; readonly label: string; readonly isCurrent: boolean};

function Tab({href, label, isCurrent}: TabProps) {
	return (
		<Link href={href} className="tab" aria-current={isCurrent ? 'page' : undefined}>
			{label}
		</Link>
	);
}

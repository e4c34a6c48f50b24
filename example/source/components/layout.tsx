import {Link, usePage} from '@inertiajs/react';
import type {ReactNode} from 'react';
import {Toasts} from './toasts.tsx';

const tabs = [
	{href: '/logbook', label: 'Logbook'},
	{href: '/diary', label: 'Diary'},
	{href: '/about', label: 'About'},
];

export function Layout({children}: {readonly children: ReactNode}) {
	const {
		url,
		props: {progress, user},
	} = usePage();

	return (
		<>
			<header className="masthead">
				<Link href="/" className="wordmark">
					Nightbook
				</Link>
				<p className="tagline">Twenty-four bright stars, and the nights you met them</p>
				<nav aria-label="Main">
					<Tab href="/" label="Stars" isCurrent={url === '/' || url.startsWith('/?') || url.startsWith('/stars/')} />
					{tabs.map(tab => (
						<Tab key={tab.href} {...tab} isCurrent={url.startsWith(tab.href)} />
					))}
				</nav>
				{progress && (
					<p className="progress">
						<span>
							{progress.seen} of {progress.total} seen
						</span>
						<progress value={progress.seen} max={progress.total} aria-label="Stars seen" />
					</p>
				)}
			</header>
			{user && (
				<p className="account">
					<span>Signed in as {user.name}</span>
					<Link href="/sign-out" method="post" as="button" type="button" className="link">
						Sign out
					</Link>
				</p>
			)}
			<main>{children}</main>
			<Toasts />
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

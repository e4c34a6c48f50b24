import {Deferred, Head, InfiniteScroll, router} from '@inertiajs/react';
import type {LogbookPage, Statistics} from '../../server/logbook.ts';
import {ColourFilter} from '../components/colour-filter.tsx';
import {LogbookRow} from '../components/logbook-row.tsx';
import {StatisticsPanel} from '../components/statistics-panel.tsx';

type LogbookProps = {
	readonly spectralClass: string;
	readonly entries: Pick<LogbookPage, 'data'>;
	/** A deferred prop: it comes after the page. */
	readonly statistics?: Statistics;
};

export default function Logbook({spectralClass, entries, statistics}: LogbookProps) {
	return (
		<>
			<Head title="Logbook" />
			<header className="heading">
				<div>
					<h1>Logbook</h1>
					<p>Five friends on both sides of the equator write into it, and so does Annie.</p>
				</div>
				<ColourFilter spectralClass={spectralClass} />
			</header>
			<div className="spread">
				<section className="book" aria-label="Entries" scroll-region="">
					{entries.data.length === 0 ? (
						<p className="empty">Nobody has seen such a star yet.</p>
					) : (
						<InfiniteScroll
							data="entries"
							as="ol"
							buffer={300}
							previous={({hasMore}) => <Margin hasMore={hasMore} end="The latest night" />}
							next={({hasMore}) => <Margin hasMore={hasMore} end="The first night" />}
						>
							{entries.data.map(entry => (
								<LogbookRow key={entry.id} entry={entry} />
							))}
						</InfiniteScroll>
					)}
				</section>
				<Deferred
					data="statistics"
					fallback={<p className="panel waiting">Counting the nights …</p>}
					rescue={({reloading}) => (
						<div className="panel waiting" role="alert">
							<p>The nights could not be counted just now.</p>
							<RefreshButton label="Try again" isReloading={reloading} />
						</div>
					)}
				>
					{({reloading}) =>
						statistics && (
							<StatisticsPanel statistics={statistics}>
								<RefreshButton label="Count again" isReloading={reloading} />
							</StatisticsPanel>
						)
					}
				</Deferred>
			</div>
		</>
	);
}

function Margin({hasMore, end}: {readonly hasMore: boolean; readonly end: string}) {
	return <p className="margin">{hasMore ? 'Turning the page …' : end}</p>;
}

function RefreshButton({label, isReloading}: {readonly label: string; readonly isReloading: boolean}) {
	return (
		<button type="button" className="link" disabled={isReloading} onClick={() => router.reload({only: ['statistics']})}>
			{isReloading ? 'Counting …' : label}
		</button>
	);
}

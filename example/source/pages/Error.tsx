import {Head, Link} from '@inertiajs/react';

type ErrorProps = {readonly status: number; readonly message: string};

const words: Record<number, {readonly title: string; readonly text: string}> = {
	404: {title: 'Only dark sky here', text: 'There is nothing at this address.'},
	500: {title: 'Clouds came up', text: 'Something broke on our side. The sky is still there, so try again in a while.'},
};

/** Shows every error that the server answers. */
export default function ErrorPage({status, message}: ErrorProps) {
	const {title, text} = words[status] ?? {title: 'That didn’t work', text: message};

	return (
		<>
			<Head title={title} />
			<article className="prose">
				<h1>{title}</h1>
				<p>{text}</p>
				<p className="status">Error {status}</p>
				<Link href="/" className="button">
					Back to the stars
				</Link>
			</article>
		</>
	);
}

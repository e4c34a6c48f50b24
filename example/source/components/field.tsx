import {type ReactNode, useId} from 'react';

type FieldProps = {
	readonly label: string;
	readonly error: string | undefined;
	readonly hint?: string;
	/** Gives the input, which must have the attributes. */
	readonly children: (attributes: FieldAttributes) => ReactNode;
};

type FieldAttributes = {
	readonly id: string;
	readonly 'aria-invalid': boolean;
	readonly 'aria-describedby': string;
};

/** Shows an input with its label and its error. */
export function Field({label, error, hint, children}: FieldProps) {
	const id = useId();
	const descriptionId = `${id}-description`;

	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			{children({id, 'aria-invalid': error !== undefined, 'aria-describedby': descriptionId})}
			<p id={descriptionId} className={error === undefined ? 'hint' : 'error'} aria-live="polite">
				{error ?? hint}
			</p>
		</div>
	);
}

import {Form, Head} from '@inertiajs/react';
import {Field} from '../components/field.tsx';
import {FocusFirstError} from '../components/focus-first-error.tsx';

type SignInProps = {readonly demo: {readonly email: string; readonly password: string}};

export default function SignIn({demo}: SignInProps) {
	return (
		<>
			<Head title="Sign in" />
			<Form action="/sign-in" method="post" resetOnError={['password']} className="entry-form" noValidate>
				{({errors, processing}) => (
					<>
						<header>
							<h1>Sign in to the diary</h1>
						</header>
						<p>
							To try it, take <code>{demo.email}</code> and <code>{demo.password}</code>.
						</p>
						<Field label="Email" error={errors.email}>
							{attributes => <input {...attributes} type="email" name="email" autoComplete="username" />}
						</Field>
						<Field label="Password" error={errors.password}>
							{attributes => <input {...attributes} type="password" name="password" autoComplete="current-password" />}
						</Field>
						<FocusFirstError isProcessing={processing} />
						<div className="actions">
							<button type="submit" className="button" disabled={processing}>
								Sign in
							</button>
						</div>
					</>
				)}
			</Form>
		</>
	);
}

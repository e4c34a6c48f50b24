import Router from '@koa/router';
import type {Middleware} from 'koa';
import {ValidationError} from 'koa-inertia';
import {signInSchema} from './schemas.ts';
import {demoAccount} from './seed.ts';
import type {Users} from './users.ts';

/** Signs users in and out. */
export function createAccountRouter(users: Users) {
	const router = new Router();

	router.get('/sign-in', async ctx => {
		const {email, password} = demoAccount;
		await ctx.inertia.render('SignIn', {demo: {email, password}});
	});

	router.post('/sign-in', async ctx => {
		const {email, password} = await ctx.inertia.validate(signInSchema);
		const user = await users.verify(email, password);

		if (!user) {
			throw new ValidationError({email: 'Email and password don’t belong together.'});
		}

		const url = ctx.session?.wantedUrl ?? '/diary';
		// The session is new, so that nothing that somebody has put into the old one outlives the sign-in.
		ctx.session = {userId: user.id};
		ctx.inertia.flash({message: `Welcome back, ${user.name}.`});
		ctx.redirect(url);
	});

	router.post('/sign-out', ctx => {
		ctx.session = null;
		// The browser keeps the pages of the diary in its history, encrypted. This makes it throw the key away.
		ctx.inertia.clearHistory();
		ctx.inertia.flash({message: 'You are signed out. Clear skies!'});
		ctx.redirect('/sign-in');
	});

	return router;
}

/** Lets signed-in users through, and sends the others to the sign-in first. */
export function requireUser(users: Users): Middleware {
	return async function requireUser(ctx, next) {
		const user = users.get(ctx.session?.userId ?? 0);

		if (!user) {
			// A form that validates while its user types can't show the sign-in page.
			if (ctx.inertia.visit.isPrecognition) {
				ctx.throw(401);
			}

			Object.assign(ctx.session ?? {}, {wantedUrl: ctx.method === 'GET' ? ctx.path + ctx.search : '/diary'});
			ctx.redirect('/sign-in');
			return;
		}

		// The back button shows a stored document without asking the server. It must not show these pages.
		ctx.set('Cache-Control', 'no-store');
		ctx.inertia.share({user: {name: user.name}});
		await next();
	};
}

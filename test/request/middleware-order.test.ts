import test from 'ava';
import Koa, {type Middleware} from 'koa';
import {csrf, encryptHistory, OptionError, page} from 'koa-inertia';
import supertest from 'supertest';

const early: Record<string, Middleware> = {csrf: csrf(), encryptHistory: encryptHistory(), page: page('Home')};
for (const [name, middleware] of Object.entries(early)) {
	test(`\`${name}()\` in front of \`inertia()\` says where it belongs`, async t => {
		const errors: unknown[] = [];
		const app = new Koa().use(middleware).on('error', error => errors.push(error));
		t.is((await supertest(app.callback()).post('/')).status, 500);
		t.true(errors[0] instanceof OptionError);
		t.is((errors[0] as Error).message, `\`${name}()\` found no \`ctx.inertia\`. Use it after \`app.use(inertia())\`.`);
	});
}

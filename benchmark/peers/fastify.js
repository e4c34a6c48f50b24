/** `@inertify/core` on Fastify. It leaves the answer to a class of the application, which is this one. */
import {Inertia} from '@inertify/core';
import createFastify from 'fastify';

class FastifyInertia extends Inertia {
	#reply;

	constructor(request, reply) {
		super(request.raw);
		this.#reply = reply;
	}

	async render(component, props) {
		const {statusCode, headers, data} = await this.getReponseData({component, props});
		return this.#reply.code(statusCode).headers(headers).send(data);
	}
}

export const createListener = async ({component, props, version}) => {
	Inertia.setConfig({view: 'index', version});
	const app = createFastify();
	app.get('/users', (request, reply) => new FastifyInertia(request, reply).render(component, props));
	await app.ready();
	return app.routing;
};

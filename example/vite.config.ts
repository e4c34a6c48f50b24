import react from '@vitejs/plugin-react';
import {koaInertia} from 'koa-inertia/vite';
import {defineConfig} from 'vite';

export default defineConfig({
	root: import.meta.dirname,
	plugins: [
		react(),
		// With `integrity`, the browser refuses a file that was changed on its way.
		koaInertia({input: 'source/main.tsx', integrity: true}),
	],
});

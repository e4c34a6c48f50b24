import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';

export default defineConfig({
	root: import.meta.dirname,
	base: '/build/',
	// Koa serves public/ itself, and copying it into a folder of its own would nest the build in the build.
	publicDir: false,
	plugins: [react()],
	build: {
		manifest: true,
		outDir: 'public/build',
		// A rebuild removes the files of the last one. Open tabs survive that, because their next visit is answered
		// with a full load of the new build. What is lost is the seconds in between: to build beside live traffic,
		// set this to `false` and delete old files later, or build elsewhere and move the manifest in last.
		emptyOutDir: true,
		rolldownOptions: {input: 'source/main.tsx'},
	},
});

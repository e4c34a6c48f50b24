/**
 * The preamble for React's fast refresh. The dev server compiles components to code that throws without it.
 *
 * @see https://vite.dev/guide/backend-integration
 */
import {injectIntoGlobalHook} from 'value:reactRefreshUrl';

injectIntoGlobalHook(window);
window.$RefreshReg$ = () => {};
window.$RefreshSig$ = () => type => type;

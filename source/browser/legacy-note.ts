/**
 * Notes that the browser runs the build for older browsers. Some browsers have modules and don't know `nomodule`: they
 * run this script, and would else run the fallback too.
 *
 * Older browsers have to parse this script, so it keeps to the syntax of ES5.
 */

window.koaInertiaBuild = 1;

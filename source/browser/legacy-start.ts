/**
 * Starts one entry of the build for older browsers, after the polyfills.
 *
 * Older browsers have to parse this script, so it keeps to the syntax of ES5.
 */

declare const legacyUrl: string;

System.import(legacyUrl);

export type Json = null | boolean | number | string | Json[] | JsonObject;

export type JsonObject = {[name: string]: Json};

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonObject = (value: Json): value is JsonObject => isObject(value);

export const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

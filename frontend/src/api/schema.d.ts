// Generated from docs/openapi.json by `npm run types`. Do not edit.
export interface paths {
    readonly "/api/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The accounts, and where each is known from
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Make an account, read by a key or living from statements
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["AccountIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountMadeOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/accounts/{account_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Call an account otherwise
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["AccountNameIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountKeyOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description key-in-settings: its key stands in the settings alone, or is the demo's; run-active: orders are under way, or an order's end is not known, and the key is needed to find out; needs-review: a run waits for a person; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Let an account go, with or without its data
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query: {
                    readonly data: "keep" | "delete";
                    readonly name: string;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountDeletedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description key-in-settings: its key stands in the settings alone, or is the demo's; run-active: orders are under way, or an order's end is not known, and the key is needed to find out; needs-review: a run waits for a person; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/accounts/{account_id}/arm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Let an account trade for some minutes
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ArmIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ArmedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/accounts/{account_id}/check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Ask the exchange what the keys of an account may do
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountCheckOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The exchange could not be asked about the key: nothing was changed */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/accounts/{account_id}/disarm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Let an account trade no more; a run under way sends nothing more
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ArmedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/accounts/{account_id}/key": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Give an account a key, or another one
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["KeyIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountKeyOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description key-in-settings: its key stands in the settings alone, or is the demo's; run-active: orders are under way, or an order's end is not known, and the key is needed to find out; needs-review: a run waits for a person; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The exchange could not be asked about the key: nothing was changed */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Forget a key; with its read key goes its trade key
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: {
                    readonly kind?: "read" | "trade";
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly account_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AccountKeyOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description key-in-settings: its key stands in the settings alone, or is the demo's; run-active: orders are under way, or an order's end is not known, and the key is needed to find out; needs-review: a run waits for a person; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/addresses": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Own addresses outside the exchange, and what they hold
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AddressesOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Tell an address of one's own
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["AddressIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AddressChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/addresses/{address_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Forget an address
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly address_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AddressDeletedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        /**
         * Name an address otherwise, or treat what went there otherwise
         * @description Scope: `admin`
         */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly address_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["AddressChangeIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AddressChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly trace?: never;
    };
    readonly "/api/alerts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What was told, the newest first, and what became of the messages
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly before?: number | null;
                    readonly limit?: number;
                    readonly unread?: boolean;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AlertsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/channels": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Where messages go beside the dashboard; no secret is told
         * @description Scope: `admin`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/channels/email": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Set the mailbox
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["EmailIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-allowed: in the demo, and without a vault, no channel can be used; or the write is foreign */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description A field cannot be used */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Forget the mailbox and its password
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/channels/telegram": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Set the chat of Telegram
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["TelegramIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-allowed: in the demo, and without a vault, no channel can be used; or the write is foreign */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description A field cannot be used */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Forget the chat of Telegram and the token
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/channels/webhook": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Set the webhook
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["WebhookIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-allowed: in the demo, and without a vault, no channel can be used; or the write is foreign */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description A field cannot be used */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Forget the webhook and its secret
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChannelsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Mark alerts as read
         * @description Scope: `read`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ReadIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ReadOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What is watched, and when nothing is sent
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RulesOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Put what is watched in the place of what was
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["RulesIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RulesOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/alerts/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a test message over a channel, and wait for what comes of it
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["TestIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TestOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-allowed: the channel is not set, or none can be used here */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Asked a moment ago */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/audit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who did what, from where and when: newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly action?: string | null;
                    readonly actor?: string | null;
                    readonly cursor?: string | null;
                    readonly from?: string | null;
                    readonly limit?: number;
                    readonly q?: string | null;
                    readonly to?: string | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AuditOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/audit/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Acts as a file, with their hashes
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly action?: string | null;
                    readonly actor?: string | null;
                    readonly format?: "csv" | "json";
                    readonly from?: string | null;
                    readonly q?: string | null;
                    readonly to?: string | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The acts; a CSV begins with the names of its columns */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly columns: readonly string[];
                            readonly items: readonly {
                                /** Account */
                                readonly account: number | null;
                                /** Action */
                                readonly action: string;
                                /** Actor */
                                readonly actor: string;
                                /**
                                 * At
                                 * @description ISO 8601, UTC
                                 * @example 2026-11-20T14:00:00Z
                                 */
                                readonly at: string;
                                /** Details */
                                readonly details: string;
                                /**
                                 * Environment
                                 * @description null where the act is about the whole installation
                                 */
                                readonly environment: ("demo" | "simulator" | "testnet" | "live") | null;
                                /**
                                 * Hash
                                 * @description SHA-256 in hexadecimal
                                 * @example 9f86d081884c7d659f86d081884c7d659f86d081884c7d659f86d081884c7d65
                                 */
                                readonly hash: string;
                                /** Id */
                                readonly id: number;
                                /** Origin */
                                readonly origin: string;
                                /**
                                 * Previous Hash
                                 * @description SHA-256 in hexadecimal
                                 * @example 9f86d081884c7d659f86d081884c7d659f86d081884c7d659f86d081884c7d65
                                 */
                                readonly previous_hash: string;
                                /** Subject */
                                readonly subject: string;
                            }[];
                            readonly note: null;
                            readonly totals: null;
                        };
                        readonly "text/csv": string;
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description A parameter cannot be used */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/audit/verify": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the last check of the chain found
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AuditCheckOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Check every row of the chain now
         * @description Scope: `read`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AuditCheckOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/confirm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Type the password again, for what asks for it
         * @description Scope: `read`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ConfirmIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ConfirmedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description sign-in-refused: wrong name, password or code; second-factor-needed: send its code, too */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too many wrong tries, or too many sign-ins at once: wait for Retry-After seconds */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/login": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Sign in: a session in a cookie
         * @description Asks for no sign-in
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["LoginIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SignedInOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description sign-in-refused: wrong name, password or code; second-factor-needed: send its code, too */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too many wrong tries, or too many sign-ins at once: wait for Retry-After seconds */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/logout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * End this session
         * @description Scope: `read`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SignedOutOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Change the password: every session ends but a new one of this browser
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["PasswordIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SignedInOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description sign-in-refused: wrong name, password or code; second-factor-needed: send its code, too */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too many wrong tries, or too many sign-ins at once: wait for Retry-After seconds */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/second-factor": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether a code is asked for beside the password
         * @description Scope: `admin`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SecondFactorOut"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Turn the second factor on, by a code of the app
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CodeIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RecoveryCodesOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description No secret was made */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Make a secret for an authenticator app
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SecretOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Turn the second factor off
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SecondFactorOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether one is signed in, and what to do before
         * @description Asks for no sign-in
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SessionOut"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who is signed in
         * @description Scope: `admin`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SessionsOut"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        /**
         * Sign out everywhere, here too
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SignedOutOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/sessions/{session_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Sign one browser out
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly session_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["EndedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such session */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/set-up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Set the first password and sign in; closed afterwards
         * @description Asks for no sign-in
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["SetUpIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SignedInOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The set-up code is wrong */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description set-up-over: there is a password */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too many wrong tries, or too many sign-ins at once: wait for Retry-After seconds */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The tokens of programs
         * @description Scope: `admin`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TokensOut"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Make a token for a program; its text is told once
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["TokenIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TokenMadeOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/auth/tokens/{token_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Let a program in no more
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly token_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["EndedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such token */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/demo/actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Deposit, withdraw or move a price in the demo
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["DemoActionIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["DemoActionOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Server-sent events: balances, snapshot, cashflow, sync, import, alert; honours Last-Event-ID
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly last_event_id?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Events as they happen */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "text/event-stream": string;
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too many open streams */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Imports, newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Preview exports of the exchange or a CSV of cash flows; nothing is written yet
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ImportIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportPreviewOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Request Entity Too Large */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/{import_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * An import: its preview, or what was written
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly import_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportPreviewOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Say how to read the file; previews it anew
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly import_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ImportAnswersIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportPreviewOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/{import_id}/commit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Write the new lines; once, however often it is asked for
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    readonly expected?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly import_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/{import_id}/dismiss": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Say that the refused lines are seen to: they leave nothing estimated
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly import_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/{import_id}/lines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Lines of a preview, all or of one state
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly cursor?: string | null;
                    readonly limit?: number;
                    readonly state?: ("new" | "known" | "error" | "ignored") | null;
                };
                readonly header?: never;
                readonly path: {
                    readonly import_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportLinesOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/{import_id}/undo": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take back what an import wrote, but for flows changed by hand since
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly import_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/certificate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Does the ledger, replayed, give today's balances?
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CertificateOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/coverage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What each history was read for, and what is missing
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportCoverageOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Stop reading the past at the next question; what is new is read on
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportProgressOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/progress": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How far the import of each account is, and how long it will take
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportProgressOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/imports/resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Go on where a pause stopped, with the next refresh
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ImportProgressOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/logs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the collector's tasks did, newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly level?: "ok" | "run" | "retry" | "warning";
                    readonly limit?: number;
                    readonly task?: ("balances" | "history" | "snapshot" | "books" | "streams" | "runs" | "keys" | "connection_test" | "demo_action") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["LogsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/logs/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The newest 100,000 lines that match, as a file
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly component?: ("web" | "collector" | "exchange" | "database" | "program" | "library") | null;
                    readonly level?: "debug" | "info" | "warning" | "error" | "critical";
                    readonly request_id?: string | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description One JSON object a line, newest first */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/x-ndjson": string;
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/logs/latency": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How long refreshes, snapshots and the exchange's answers took in the last hour
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["LatenciesOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/logs/lines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The program's log, newest first, by level, component, account and request
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly after?: number | null;
                    readonly before?: number | null;
                    readonly component?: ("web" | "collector" | "exchange" | "database" | "program" | "library") | null;
                    readonly level?: "debug" | "info" | "warning" | "error" | "critical";
                    readonly limit?: number;
                    readonly request_id?: string | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["LinesOut"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/attribution": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the change of value is made of, and what is left unexplained
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AttributionOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/benchmark": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The benchmark of a window, and what holding only would have made
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BenchmarkOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/cashflows": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Cash flows, newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                    readonly q?: string | null;
                    readonly type?: ("DEPOSIT" | "WITHDRAW") | null;
                    readonly waiting?: boolean;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Record a deposit or withdrawal by hand
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CashFlowIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/cashflows/{flow_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Change a cash flow
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly flow_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CashFlowChangeIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Delete a cash flow entered by hand
         * @description Scope: `admin`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly flow_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowDeletedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/cashflows/{flow_id}/address": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Say whether a deposit came from an own address
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly flow_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CashFlowAddressIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/cashflows/{flow_id}/decision": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Say whether an unexplained change was a cash flow
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly flow_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CashFlowDecisionIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/cashflows/{flow_id}/move": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Say whether two cash flows are one move between own accounts
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly flow_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CashFlowMoveIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CashFlowChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/compare": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Accounts side by side
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly accounts?: string | null;
                    readonly days?: number;
                    readonly points?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CompareOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/daily": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Days: average and closing value beside the benchmark, and how both stand now
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["DailyOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/drawdowns": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The deepest falls below a peak, the deepest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["DrawdownsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/explain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How a figure was made: formula, linked sub-periods, rows, gaps
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly account?: number | null;
                    readonly asset?: string | null;
                    readonly cursor?: number | null;
                    readonly date?: string | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                    readonly format?: "json" | "csv";
                    readonly from?: string | null;
                    readonly limit?: number;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly metric: "twr" | "twr_annualized" | "pnl" | "pnl_percent" | "net_flows" | "benchmark_twr" | "excess" | "xirr" | "value" | "change_today" | "net_deposits" | "profit" | "realized" | "unrealized" | "position_cost" | "position_average_price" | "position_realized" | "position_unrealized" | "volatility" | "sharpe" | "sortino" | "calmar" | "max_drawdown" | "max_drawdown_hourly" | "var_95" | "cvar_95" | "best_day" | "worst_day" | "positive_days" | "beta" | "alpha" | "tracking_error" | "information_ratio" | "win_rate" | "expectancy" | "profit_factor" | "benchmark_value" | "benchmark_difference" | "outperformance" | "hold_value" | "hold_difference" | "hold_twr" | "hold_excess" | "start_value" | "end_value" | "attribution_flows" | "attribution_realized" | "attribution_unrealized" | "attribution_prices" | "attribution_income" | "attribution_fees" | "attribution_residual" | "fees" | "income" | "drawdown" | "day_return" | "day_benchmark_return" | "day_average" | "day_benchmark_average" | "day_close" | "day_benchmark_close";
                    readonly month?: string | null;
                    readonly number?: number;
                    readonly of?: "portfolio" | "benchmark";
                    readonly position?: string | null;
                    readonly to?: string | null;
                    readonly year?: string | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ExplainOut"];
                        readonly "text/csv": string;
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description A parameter cannot be used */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/monthly": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Month-end values, returns and cash flows
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                    readonly months?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["MonthlyOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/pnl/{days}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Profit of the last days (0: total)
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path: {
                    readonly days: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["PnlOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/risk": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Risk figures of a window, beside those of the benchmark
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RiskOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/snapshots": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Snapshots, newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly before?: string | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SnapshotsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Take a snapshot now
         * @description Scope: `admin`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SnapshotCreatedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Tracking statistics and all windows
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["StatsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/twr-history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The growth of a window as chart points
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                    readonly points?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TwrHistoryOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/performance/twr/{days}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Time-weighted return of the last days (0: total)
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path: {
                    readonly days: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TwrOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/balances": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Current balances, valued
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BalancesOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/connection/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Call the exchange with the account's key
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ConnectionOut"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Lists as files: balances, trades, cash flows, disposals of a year ...
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly account?: number | null;
                    readonly format?: "csv" | "json";
                    readonly from?: string | null;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly side?: ("BUY" | "SELL") | null;
                    readonly symbol?: string | null;
                    readonly to?: string | null;
                    readonly what: "balances" | "positions" | "trades" | "cash_flows" | "snapshots" | "ledger" | "disposals" | "income";
                    readonly year?: number | null;
                    readonly zone?: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The list; a CSV begins with the names of its columns, JSON is {columns, note, items, totals}; lists of a year end with their totals and a note */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": Record<string, never>;
                        readonly "text/csv": string;
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The list of a year needs the books, and they are being made */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description A parameter cannot be used */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/lots": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Coins that came from outside, and what they had cost
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                    readonly status?: "unknown" | "entered" | "all";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["LotsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/lots/{lot_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Say what coins from outside had cost
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly lot_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["LotCostIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["LotChangedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Profit and risk of a period
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly period?: "7d" | "14d" | "30d" | "60d" | "90d" | "180d" | "1y" | "2y" | "total";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["MetricsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/nav": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Net asset value by wallet
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["NavOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/overview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Total value, profit and what needs attention
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["OverviewOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/pnl-by-symbol": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Profit of a period by coin and contract
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly period?: "7d" | "14d" | "30d" | "60d" | "90d" | "180d" | "1y" | "2y" | "total";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["PnlBySymbolOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/positions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Positions, open and closed
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly status?: "open" | "closed" | "all";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["PositionsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/refresh": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The balances at hand; starts a refresh
         * @description Scope: `read`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly force?: boolean;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RefreshOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/portfolio/trade-history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Trades, newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly from?: string | null;
                    readonly limit?: number;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly side?: ("BUY" | "SELL") | null;
                    readonly symbol?: string | null;
                    readonly to?: string | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TradeHistoryOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/allocation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Target weights, and how far from them the portfolio is
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AllocationOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Set the target weights
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["AllocationIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AllocationOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Forget an account's own target weights: those of all accounts count again
         * @description Scope: `trade`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AllocationOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/automatic": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Automatic runs: when the next one is due, and what holds it
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AutomaticOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Have all automatic runs rest, or go on; going on begins none at once
         * @description Scope: `trade`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["PauseIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AutomaticOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/automatic/log": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Due automatic runs and what became of each, the newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["DuesOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/backtest": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Try rebalancing rules on prices of the past, in the background
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["BacktestIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BacktestStarted"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/backtest/{job_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How far a backtest is, and what came of it so far
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly job_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BacktestOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        /**
         * Cancel a backtest; what it found so far stays
         * @description Scope: `trade`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly job_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BacktestOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/backtests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The newest backtests
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BacktestListOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/conversions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Conversions, the newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ConversionsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/convert": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Convert one asset into another, or (dry_run) record what would be sent
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ConvertIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ConvertOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Why it is not executed: plan-expired, plan-changed, plan-used, plan-empty, price-moved, trading-disarmed, kill-switch, clock-apart, not-reconciled, run-active, needs-review, limit-symbol, limit-per-trade, limit-share, limit-per-run, limit-per-day, limit-slippage; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/convert/plan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * What a conversion would give, order by order; executed as any plan, by its id and hash
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ConvertPlanIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ConvertPlanOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Why there is no plan: no-targets, unpriced-asset, empty-portfolio, base-asset-not-traded, account-without-key, plan-impossible, stale-data; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/execute": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Execute a plan, or (dry_run) record what would be sent
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ExecuteIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RunStartedOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such plan */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Why it is not executed: plan-expired, plan-changed, plan-used, plan-empty, price-moved, trading-disarmed, kill-switch, clock-apart, not-reconciled, run-active, needs-review, limit-symbol, limit-per-trade, limit-share, limit-per-run, limit-per-day, limit-slippage; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/kill-switch": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether orders may be sent at all
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["KillSwitchOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Stop all sending of orders; answers once no send can begin any more
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["KillSwitchOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Let orders be sent again
         * @description Scope: `trade`
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["KillSwitchOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description kill-switch: the file in the data folder still stops all sending; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/plan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Plan the orders that lead to the targets; nothing is sent
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["PlanIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["PlanOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such account */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Why there is no plan: no-targets, unpriced-asset, empty-portfolio, base-asset-not-traded, account-without-key, plan-impossible, stale-data; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/plan/{plan_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A plan as it was made
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly plan_id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["PlanOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/runs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Runs, the newest first
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly limit?: number;
                    readonly open?: boolean;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RunsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/runs/{run_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A run with its orders: planned beside filled
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly run_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RunDetailOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/runs/{run_id}/score": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What a run made beside not having traded: the lines that add up to it
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly run_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RunScoreOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/runs/{run_id}/stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Stop a run after the order under way; a run that needs review: it was reviewed
         * @description Scope: `trade`
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path: {
                    readonly run_id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RunDetailOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description There is no such number */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description run-over: it has ended; or the Idempotency-Key is in use */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/score": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What all runs made beside not having traded, after fees
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ScoresOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/rebalancing/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How an account is rebalanced
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RebalancingSettingsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Set how an account is rebalanced; saving never trades
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["RebalancingSettingsIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["RebalancingSettingsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The first request with this Idempotency-Key is still running, or the state does not allow it */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/reports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A month or a year: returns, flows, risk, holdings, fees, best and worst
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly account?: number | null;
                    readonly display?: ("USDT" | "EUR" | "BTC" | "ETH") | null;
                    readonly method?: "average" | "fifo" | "lifo" | "hifo";
                    readonly period: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ReportOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/reports/periods": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The months and years that a report can be made of
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ReportPeriodsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What is set for this installation
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SettingsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Set which coins lists leave out, and the risk-free rate
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["SettingsIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SettingsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/settings/benchmark": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the benchmark is made of
         * @description Scope: `read`
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BenchmarkSettingsOut"];
                    };
                };
                /** @description Nothing has changed since the answer with the ETag of If-None-Match */
                readonly 304: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The token has not the scope */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The database or the exchange cannot be used now */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        /**
         * Set what the benchmark is made of
         * @description Scope: `admin`
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The same key with the same body gives the same answer and acts once; with another body 422 */
                    readonly "Idempotency-Key"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["BenchmarkSettingsIn"];
                };
            };
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["BenchmarkSettingsOut"];
                    };
                };
                /** @description The body is not JSON */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description not-signed-in, or set-up-needed: there is no password yet */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The write comes from another site, the token has not the scope, the password must be typed again (confirm-password), or what it names may not be changed */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is larger than 256 KiB */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description The body is not sent as application/json */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether the program works: 200 ok or degraded, 503 down
         * @description Asks for no sign-in
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Successful response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["HealthOut"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Pages cannot be served */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["HealthOut"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Metrics for Prometheus, for this machine or with the token of METRICS_TOKEN (docs/operations.md)
         * @description Asks for no sign-in
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Metrics in Prometheus' text format */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "text/plain": string;
                    };
                };
                /** @description Not from this machine, and without the token of METRICS_TOKEN */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
                /** @description Validation error */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["HTTPError"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountCheckOut
         * @description What the exchange says of the keys of an account.
         */
        readonly AccountCheckOut: {
            /**
             * Code
             * @description Why it refused a key
             */
            readonly code: string | null;
            /**
             * Detail
             * @description The same in words
             */
            readonly detail: string;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["AccountCheckOut.AccountOut"];
            /**
             * Ok
             * @description It answered, and none of the keys is refused by it or by us
             */
            readonly ok: boolean;
        };
        /**
         * AccountOut
         * @description One account.
         */
        readonly "AccountCheckOut.AccountOut": {
            /**
             * Armed
             * @description It may trade
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it may not trade, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings alone, or is the demo's
             */
            readonly deletable: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Events
             * @description Lines of its ledger
             */
            readonly events: number;
            /**
             * First Event At
             * @description Of its ledger
             */
            readonly first_event_at: string | null;
            /**
             * Has Read Key
             * @description A key reads it
             */
            readonly has_read_key: boolean;
            /**
             * Has Trade Key
             * @description It has a key of its own for orders
             */
            readonly has_trade_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Ip Seen
             * @description The address to put on the list of its key, where the exchange told it
             */
            readonly ip_seen: string | null;
            /**
             * Key
             * @description stored: its key is kept here, sealed; lost: so, but the master key that opens it is not here, and it must be entered again; settings: it stands in .env or the accounts file and is not stored yet, or it is the demo's; gone: the key that it was made for is not here any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "stored" | "lost" | "settings" | "gone" | "none";
            /**
             * Key Ending
             * @description The last four characters of the key that reads it
             */
            readonly key_ending: string | null;
            /**
             * Keys
             * @description The keys that are kept, the read key first
             */
            readonly keys: readonly components["schemas"]["AccountCheckOut.KeyOut"][];
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
            /** @description Of the key that reads it */
            readonly permissions: components["schemas"]["AccountCheckOut.PermissionsOut"] | null;
            readonly trading: components["schemas"]["AccountCheckOut.TradingOut"];
            /**
             * Verdict
             * @description The gravest of its keys; null without a key
             */
            readonly verdict: ("good" | "warned" | "refused" | "unknown") | null;
        };
        /**
         * KeyOut
         * @description A key that is kept; never the key.
         */
        readonly "AccountCheckOut.KeyOut": {
            /**
             * Added At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly added_at: string;
            /**
             * Checked At
             * @description When the exchange was asked about it last
             */
            readonly checked_at: string | null;
            /**
             * Ending
             * @description Its last four characters; empty of one that is too short to show them
             */
            readonly ending: string;
            /**
             * Findings
             * @description What the verdict rests on
             */
            readonly findings: readonly ("cannot-read" | "may-withdraw" | "cannot-trade" | "no-ip-restriction" | "not-told")[];
            /**
             * Ip Seen
             * @description Where the exchange saw this program when it refused the key, if it told
             */
            readonly ip_seen: string | null;
            /**
             * Key Type
             * @description hmac, rsa or ed25519; empty while it is not known
             */
            readonly key_type: string;
            /**
             * Kind
             * @description read: reads the account; trade: sends its orders; without one the read key does, where it may
             * @enum {string}
             */
            readonly kind: "read" | "trade";
            readonly permissions: components["schemas"]["AccountCheckOut.PermissionsOut"] | null;
            /**
             * Verdict
             * @description good: it may be used; warned: so, but it works from any address, and a live account does not trade with it; refused: it may take coins away, or may not do what it is for; unknown: not told yet
             * @enum {string}
             */
            readonly verdict: "good" | "warned" | "refused" | "unknown";
        };
        /**
         * PermissionsOut
         * @description What the exchange says a key may do; null: it does not say.
         */
        readonly "AccountCheckOut.PermissionsOut": {
            /** Can Read */
            readonly can_read: boolean | null;
            /**
             * Can Trade
             * @description Trade spot
             */
            readonly can_trade: boolean | null;
            /**
             * Can Withdraw
             * @description Withdraw or transfer coins: must be false
             */
            readonly can_withdraw: boolean | null;
            /**
             * Ip Restricted
             * @description It works from addresses on its list alone
             */
            readonly ip_restricted: boolean | null;
        };
        /**
         * TradingOut
         * @description Whether orders can be sent for an account; the kill switch holds all of them and is told by itself.
         */
        readonly "AccountCheckOut.TradingOut": {
            /**
             * Allowed
             * @description It has a key, and the exchange does not say that the key may not trade: it can be rebalanced
             */
            readonly allowed: boolean;
            /**
             * Armed
             * @description Orders are sent for it
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it is not armed, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Detail
             * @description The same in words, and what to change
             */
            readonly detail: string | null;
            /**
             * Reason
             * @description What keeps orders from being sent: its key where `allowed` is false, else the arming
             */
            readonly reason: ("no-key" | "key-gone" | "key-rights" | "key-reads-only" | "arming-not-yet" | "trading-disarmed") | null;
        };
        /**
         * AccountDeletedOut
         * @description What became of the account; `item` is null when it is gone.
         */
        readonly AccountDeletedOut: {
            /**
             * Data
             * @enum {string}
             */
            readonly data: "keep" | "delete";
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Id */
            readonly id: number;
            readonly item: components["schemas"]["AccountDeletedOut.AccountOut"] | null;
            /** Recomputing */
            readonly recomputing: boolean;
        };
        /**
         * AccountOut
         * @description One account.
         */
        readonly "AccountDeletedOut.AccountOut": {
            /**
             * Armed
             * @description It may trade
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it may not trade, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings alone, or is the demo's
             */
            readonly deletable: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Events
             * @description Lines of its ledger
             */
            readonly events: number;
            /**
             * First Event At
             * @description Of its ledger
             */
            readonly first_event_at: string | null;
            /**
             * Has Read Key
             * @description A key reads it
             */
            readonly has_read_key: boolean;
            /**
             * Has Trade Key
             * @description It has a key of its own for orders
             */
            readonly has_trade_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Ip Seen
             * @description The address to put on the list of its key, where the exchange told it
             */
            readonly ip_seen: string | null;
            /**
             * Key
             * @description stored: its key is kept here, sealed; lost: so, but the master key that opens it is not here, and it must be entered again; settings: it stands in .env or the accounts file and is not stored yet, or it is the demo's; gone: the key that it was made for is not here any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "stored" | "lost" | "settings" | "gone" | "none";
            /**
             * Key Ending
             * @description The last four characters of the key that reads it
             */
            readonly key_ending: string | null;
            /**
             * Keys
             * @description The keys that are kept, the read key first
             */
            readonly keys: readonly components["schemas"]["AccountDeletedOut.KeyOut"][];
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
            /** @description Of the key that reads it */
            readonly permissions: components["schemas"]["AccountDeletedOut.PermissionsOut"] | null;
            readonly trading: components["schemas"]["AccountDeletedOut.TradingOut"];
            /**
             * Verdict
             * @description The gravest of its keys; null without a key
             */
            readonly verdict: ("good" | "warned" | "refused" | "unknown") | null;
        };
        /**
         * KeyOut
         * @description A key that is kept; never the key.
         */
        readonly "AccountDeletedOut.KeyOut": {
            /**
             * Added At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly added_at: string;
            /**
             * Checked At
             * @description When the exchange was asked about it last
             */
            readonly checked_at: string | null;
            /**
             * Ending
             * @description Its last four characters; empty of one that is too short to show them
             */
            readonly ending: string;
            /**
             * Findings
             * @description What the verdict rests on
             */
            readonly findings: readonly ("cannot-read" | "may-withdraw" | "cannot-trade" | "no-ip-restriction" | "not-told")[];
            /**
             * Ip Seen
             * @description Where the exchange saw this program when it refused the key, if it told
             */
            readonly ip_seen: string | null;
            /**
             * Key Type
             * @description hmac, rsa or ed25519; empty while it is not known
             */
            readonly key_type: string;
            /**
             * Kind
             * @description read: reads the account; trade: sends its orders; without one the read key does, where it may
             * @enum {string}
             */
            readonly kind: "read" | "trade";
            readonly permissions: components["schemas"]["AccountDeletedOut.PermissionsOut"] | null;
            /**
             * Verdict
             * @description good: it may be used; warned: so, but it works from any address, and a live account does not trade with it; refused: it may take coins away, or may not do what it is for; unknown: not told yet
             * @enum {string}
             */
            readonly verdict: "good" | "warned" | "refused" | "unknown";
        };
        /**
         * PermissionsOut
         * @description What the exchange says a key may do; null: it does not say.
         */
        readonly "AccountDeletedOut.PermissionsOut": {
            /** Can Read */
            readonly can_read: boolean | null;
            /**
             * Can Trade
             * @description Trade spot
             */
            readonly can_trade: boolean | null;
            /**
             * Can Withdraw
             * @description Withdraw or transfer coins: must be false
             */
            readonly can_withdraw: boolean | null;
            /**
             * Ip Restricted
             * @description It works from addresses on its list alone
             */
            readonly ip_restricted: boolean | null;
        };
        /**
         * TradingOut
         * @description Whether orders can be sent for an account; the kill switch holds all of them and is told by itself.
         */
        readonly "AccountDeletedOut.TradingOut": {
            /**
             * Allowed
             * @description It has a key, and the exchange does not say that the key may not trade: it can be rebalanced
             */
            readonly allowed: boolean;
            /**
             * Armed
             * @description Orders are sent for it
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it is not armed, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Detail
             * @description The same in words, and what to change
             */
            readonly detail: string | null;
            /**
             * Reason
             * @description What keeps orders from being sent: its key where `allowed` is false, else the arming
             */
            readonly reason: ("no-key" | "key-gone" | "key-rights" | "key-reads-only" | "arming-not-yet" | "trading-disarmed") | null;
        };
        /**
         * AccountIn
         * @description An account: with a key that reads it, or without one, living from statements.
         */
        readonly AccountIn: {
            /**
             * Api Key
             * @description Left out: it lives from statements
             * @default null
             */
            readonly api_key: string | null;
            /**
             * Api Secret
             * @default null
             */
            readonly api_secret: string | null;
            /**
             * Environment
             * @description The installation's; left out: that
             * @default null
             */
            readonly environment: ("demo" | "simulator" | "testnet" | "live") | null;
            /**
             * Key Type
             * @default null
             */
            readonly key_type: ("hmac" | "rsa" | "ed25519") | null;
            /**
             * Name
             * @description At most 60 letters, not there yet, whatever its case
             */
            readonly name: string;
        };
        /**
         * AccountKeyOut
         * @description The account with the keys that it has now.
         */
        readonly AccountKeyOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["AccountKeyOut.AccountOut"];
        };
        /**
         * AccountOut
         * @description One account.
         */
        readonly "AccountKeyOut.AccountOut": {
            /**
             * Armed
             * @description It may trade
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it may not trade, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings alone, or is the demo's
             */
            readonly deletable: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Events
             * @description Lines of its ledger
             */
            readonly events: number;
            /**
             * First Event At
             * @description Of its ledger
             */
            readonly first_event_at: string | null;
            /**
             * Has Read Key
             * @description A key reads it
             */
            readonly has_read_key: boolean;
            /**
             * Has Trade Key
             * @description It has a key of its own for orders
             */
            readonly has_trade_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Ip Seen
             * @description The address to put on the list of its key, where the exchange told it
             */
            readonly ip_seen: string | null;
            /**
             * Key
             * @description stored: its key is kept here, sealed; lost: so, but the master key that opens it is not here, and it must be entered again; settings: it stands in .env or the accounts file and is not stored yet, or it is the demo's; gone: the key that it was made for is not here any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "stored" | "lost" | "settings" | "gone" | "none";
            /**
             * Key Ending
             * @description The last four characters of the key that reads it
             */
            readonly key_ending: string | null;
            /**
             * Keys
             * @description The keys that are kept, the read key first
             */
            readonly keys: readonly components["schemas"]["AccountKeyOut.KeyOut"][];
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
            /** @description Of the key that reads it */
            readonly permissions: components["schemas"]["AccountKeyOut.PermissionsOut"] | null;
            readonly trading: components["schemas"]["AccountKeyOut.TradingOut"];
            /**
             * Verdict
             * @description The gravest of its keys; null without a key
             */
            readonly verdict: ("good" | "warned" | "refused" | "unknown") | null;
        };
        /**
         * KeyOut
         * @description A key that is kept; never the key.
         */
        readonly "AccountKeyOut.KeyOut": {
            /**
             * Added At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly added_at: string;
            /**
             * Checked At
             * @description When the exchange was asked about it last
             */
            readonly checked_at: string | null;
            /**
             * Ending
             * @description Its last four characters; empty of one that is too short to show them
             */
            readonly ending: string;
            /**
             * Findings
             * @description What the verdict rests on
             */
            readonly findings: readonly ("cannot-read" | "may-withdraw" | "cannot-trade" | "no-ip-restriction" | "not-told")[];
            /**
             * Ip Seen
             * @description Where the exchange saw this program when it refused the key, if it told
             */
            readonly ip_seen: string | null;
            /**
             * Key Type
             * @description hmac, rsa or ed25519; empty while it is not known
             */
            readonly key_type: string;
            /**
             * Kind
             * @description read: reads the account; trade: sends its orders; without one the read key does, where it may
             * @enum {string}
             */
            readonly kind: "read" | "trade";
            readonly permissions: components["schemas"]["AccountKeyOut.PermissionsOut"] | null;
            /**
             * Verdict
             * @description good: it may be used; warned: so, but it works from any address, and a live account does not trade with it; refused: it may take coins away, or may not do what it is for; unknown: not told yet
             * @enum {string}
             */
            readonly verdict: "good" | "warned" | "refused" | "unknown";
        };
        /**
         * PermissionsOut
         * @description What the exchange says a key may do; null: it does not say.
         */
        readonly "AccountKeyOut.PermissionsOut": {
            /** Can Read */
            readonly can_read: boolean | null;
            /**
             * Can Trade
             * @description Trade spot
             */
            readonly can_trade: boolean | null;
            /**
             * Can Withdraw
             * @description Withdraw or transfer coins: must be false
             */
            readonly can_withdraw: boolean | null;
            /**
             * Ip Restricted
             * @description It works from addresses on its list alone
             */
            readonly ip_restricted: boolean | null;
        };
        /**
         * TradingOut
         * @description Whether orders can be sent for an account; the kill switch holds all of them and is told by itself.
         */
        readonly "AccountKeyOut.TradingOut": {
            /**
             * Allowed
             * @description It has a key, and the exchange does not say that the key may not trade: it can be rebalanced
             */
            readonly allowed: boolean;
            /**
             * Armed
             * @description Orders are sent for it
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it is not armed, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Detail
             * @description The same in words, and what to change
             */
            readonly detail: string | null;
            /**
             * Reason
             * @description What keeps orders from being sent: its key where `allowed` is false, else the arming
             */
            readonly reason: ("no-key" | "key-gone" | "key-rights" | "key-reads-only" | "arming-not-yet" | "trading-disarmed") | null;
        };
        /**
         * AccountMadeOut
         * @description The account that was made.
         */
        readonly AccountMadeOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["AccountMadeOut.AccountOut"];
        };
        /**
         * AccountOut
         * @description One account.
         */
        readonly "AccountMadeOut.AccountOut": {
            /**
             * Armed
             * @description It may trade
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it may not trade, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings alone, or is the demo's
             */
            readonly deletable: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Events
             * @description Lines of its ledger
             */
            readonly events: number;
            /**
             * First Event At
             * @description Of its ledger
             */
            readonly first_event_at: string | null;
            /**
             * Has Read Key
             * @description A key reads it
             */
            readonly has_read_key: boolean;
            /**
             * Has Trade Key
             * @description It has a key of its own for orders
             */
            readonly has_trade_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Ip Seen
             * @description The address to put on the list of its key, where the exchange told it
             */
            readonly ip_seen: string | null;
            /**
             * Key
             * @description stored: its key is kept here, sealed; lost: so, but the master key that opens it is not here, and it must be entered again; settings: it stands in .env or the accounts file and is not stored yet, or it is the demo's; gone: the key that it was made for is not here any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "stored" | "lost" | "settings" | "gone" | "none";
            /**
             * Key Ending
             * @description The last four characters of the key that reads it
             */
            readonly key_ending: string | null;
            /**
             * Keys
             * @description The keys that are kept, the read key first
             */
            readonly keys: readonly components["schemas"]["AccountMadeOut.KeyOut"][];
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
            /** @description Of the key that reads it */
            readonly permissions: components["schemas"]["AccountMadeOut.PermissionsOut"] | null;
            readonly trading: components["schemas"]["AccountMadeOut.TradingOut"];
            /**
             * Verdict
             * @description The gravest of its keys; null without a key
             */
            readonly verdict: ("good" | "warned" | "refused" | "unknown") | null;
        };
        /**
         * KeyOut
         * @description A key that is kept; never the key.
         */
        readonly "AccountMadeOut.KeyOut": {
            /**
             * Added At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly added_at: string;
            /**
             * Checked At
             * @description When the exchange was asked about it last
             */
            readonly checked_at: string | null;
            /**
             * Ending
             * @description Its last four characters; empty of one that is too short to show them
             */
            readonly ending: string;
            /**
             * Findings
             * @description What the verdict rests on
             */
            readonly findings: readonly ("cannot-read" | "may-withdraw" | "cannot-trade" | "no-ip-restriction" | "not-told")[];
            /**
             * Ip Seen
             * @description Where the exchange saw this program when it refused the key, if it told
             */
            readonly ip_seen: string | null;
            /**
             * Key Type
             * @description hmac, rsa or ed25519; empty while it is not known
             */
            readonly key_type: string;
            /**
             * Kind
             * @description read: reads the account; trade: sends its orders; without one the read key does, where it may
             * @enum {string}
             */
            readonly kind: "read" | "trade";
            readonly permissions: components["schemas"]["AccountMadeOut.PermissionsOut"] | null;
            /**
             * Verdict
             * @description good: it may be used; warned: so, but it works from any address, and a live account does not trade with it; refused: it may take coins away, or may not do what it is for; unknown: not told yet
             * @enum {string}
             */
            readonly verdict: "good" | "warned" | "refused" | "unknown";
        };
        /**
         * PermissionsOut
         * @description What the exchange says a key may do; null: it does not say.
         */
        readonly "AccountMadeOut.PermissionsOut": {
            /** Can Read */
            readonly can_read: boolean | null;
            /**
             * Can Trade
             * @description Trade spot
             */
            readonly can_trade: boolean | null;
            /**
             * Can Withdraw
             * @description Withdraw or transfer coins: must be false
             */
            readonly can_withdraw: boolean | null;
            /**
             * Ip Restricted
             * @description It works from addresses on its list alone
             */
            readonly ip_restricted: boolean | null;
        };
        /**
         * TradingOut
         * @description Whether orders can be sent for an account; the kill switch holds all of them and is told by itself.
         */
        readonly "AccountMadeOut.TradingOut": {
            /**
             * Allowed
             * @description It has a key, and the exchange does not say that the key may not trade: it can be rebalanced
             */
            readonly allowed: boolean;
            /**
             * Armed
             * @description Orders are sent for it
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it is not armed, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Detail
             * @description The same in words, and what to change
             */
            readonly detail: string | null;
            /**
             * Reason
             * @description What keeps orders from being sent: its key where `allowed` is false, else the arming
             */
            readonly reason: ("no-key" | "key-gone" | "key-rights" | "key-reads-only" | "arming-not-yet" | "trading-disarmed") | null;
        };
        /**
         * AccountNameIn
         * @description What an account is called.
         */
        readonly AccountNameIn: {
            /**
             * Name
             * @description At most 60 letters, not there yet, whatever its case
             */
            readonly name: string;
        };
        /**
         * AccountsOut
         * @description The accounts of the installation in the order in which they were made.
         */
        readonly AccountsOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["AccountsOut.AccountOut"][];
        };
        /**
         * AccountOut
         * @description One account.
         */
        readonly "AccountsOut.AccountOut": {
            /**
             * Armed
             * @description It may trade
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it may not trade, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings alone, or is the demo's
             */
            readonly deletable: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Events
             * @description Lines of its ledger
             */
            readonly events: number;
            /**
             * First Event At
             * @description Of its ledger
             */
            readonly first_event_at: string | null;
            /**
             * Has Read Key
             * @description A key reads it
             */
            readonly has_read_key: boolean;
            /**
             * Has Trade Key
             * @description It has a key of its own for orders
             */
            readonly has_trade_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Ip Seen
             * @description The address to put on the list of its key, where the exchange told it
             */
            readonly ip_seen: string | null;
            /**
             * Key
             * @description stored: its key is kept here, sealed; lost: so, but the master key that opens it is not here, and it must be entered again; settings: it stands in .env or the accounts file and is not stored yet, or it is the demo's; gone: the key that it was made for is not here any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "stored" | "lost" | "settings" | "gone" | "none";
            /**
             * Key Ending
             * @description The last four characters of the key that reads it
             */
            readonly key_ending: string | null;
            /**
             * Keys
             * @description The keys that are kept, the read key first
             */
            readonly keys: readonly components["schemas"]["AccountsOut.KeyOut"][];
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
            /** @description Of the key that reads it */
            readonly permissions: components["schemas"]["AccountsOut.PermissionsOut"] | null;
            readonly trading: components["schemas"]["AccountsOut.TradingOut"];
            /**
             * Verdict
             * @description The gravest of its keys; null without a key
             */
            readonly verdict: ("good" | "warned" | "refused" | "unknown") | null;
        };
        /**
         * KeyOut
         * @description A key that is kept; never the key.
         */
        readonly "AccountsOut.KeyOut": {
            /**
             * Added At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly added_at: string;
            /**
             * Checked At
             * @description When the exchange was asked about it last
             */
            readonly checked_at: string | null;
            /**
             * Ending
             * @description Its last four characters; empty of one that is too short to show them
             */
            readonly ending: string;
            /**
             * Findings
             * @description What the verdict rests on
             */
            readonly findings: readonly ("cannot-read" | "may-withdraw" | "cannot-trade" | "no-ip-restriction" | "not-told")[];
            /**
             * Ip Seen
             * @description Where the exchange saw this program when it refused the key, if it told
             */
            readonly ip_seen: string | null;
            /**
             * Key Type
             * @description hmac, rsa or ed25519; empty while it is not known
             */
            readonly key_type: string;
            /**
             * Kind
             * @description read: reads the account; trade: sends its orders; without one the read key does, where it may
             * @enum {string}
             */
            readonly kind: "read" | "trade";
            readonly permissions: components["schemas"]["AccountsOut.PermissionsOut"] | null;
            /**
             * Verdict
             * @description good: it may be used; warned: so, but it works from any address, and a live account does not trade with it; refused: it may take coins away, or may not do what it is for; unknown: not told yet
             * @enum {string}
             */
            readonly verdict: "good" | "warned" | "refused" | "unknown";
        };
        /**
         * PermissionsOut
         * @description What the exchange says a key may do; null: it does not say.
         */
        readonly "AccountsOut.PermissionsOut": {
            /** Can Read */
            readonly can_read: boolean | null;
            /**
             * Can Trade
             * @description Trade spot
             */
            readonly can_trade: boolean | null;
            /**
             * Can Withdraw
             * @description Withdraw or transfer coins: must be false
             */
            readonly can_withdraw: boolean | null;
            /**
             * Ip Restricted
             * @description It works from addresses on its list alone
             */
            readonly ip_restricted: boolean | null;
        };
        /**
         * TradingOut
         * @description Whether orders can be sent for an account; the kill switch holds all of them and is told by itself.
         */
        readonly "AccountsOut.TradingOut": {
            /**
             * Allowed
             * @description It has a key, and the exchange does not say that the key may not trade: it can be rebalanced
             */
            readonly allowed: boolean;
            /**
             * Armed
             * @description Orders are sent for it
             */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it is not armed, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Detail
             * @description The same in words, and what to change
             */
            readonly detail: string | null;
            /**
             * Reason
             * @description What keeps orders from being sent: its key where `allowed` is false, else the arming
             */
            readonly reason: ("no-key" | "key-gone" | "key-rights" | "key-reads-only" | "arming-not-yet" | "trading-disarmed") | null;
        };
        /**
         * AddressChangedOut
         * @description The address as it stands, and whether figures are being computed anew.
         */
        readonly AddressChangedOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["AddressChangedOut.AddressOut"];
            /** Recomputing */
            readonly recomputing: boolean;
        };
        /**
         * AddressOut
         * @description An own address outside the exchange.
         */
        readonly "AddressChangedOut.AddressOut": {
            /** Address */
            readonly address: string;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Held
             * @description Empty where what goes there is a flow
             */
            readonly held: readonly components["schemas"]["AddressChangedOut.HeldThereOut"][];
            /** Id */
            readonly id: number;
            /** Label */
            readonly label: string;
            /**
             * Network
             * @description As the exchange calls it; null: any
             */
            readonly network: string | null;
            /**
             * Treatment
             * @description flow: it left; outside_holdings: it stays in the value (wallet `outside`)
             * @enum {string}
             */
            readonly treatment: "flow" | "outside_holdings";
            /**
             * Withdrawals
             * @description That went there, of all accounts
             */
            readonly withdrawals: number;
        };
        /**
         * HeldThereOut
         * @description What of a coin was sent there and has not come back.
         */
        readonly "AddressChangedOut.HeldThereOut": {
            /** Asset */
            readonly asset: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
        };
        /**
         * AddressChangeIn
         * @description What changes of an address.
         */
        readonly AddressChangeIn: {
            /**
             * Label
             * @default null
             */
            readonly label: string | null;
            /**
             * Treatment
             * @default null
             */
            readonly treatment: ("flow" | "outside_holdings") | null;
        };
        /**
         * AddressDeletedOut
         * @description What was deleted.
         */
        readonly AddressDeletedOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Id */
            readonly id: number;
            /** Recomputing */
            readonly recomputing: boolean;
        };
        /**
         * AddressesOut
         * @description Own addresses in the order in which they were told.
         */
        readonly AddressesOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["AddressesOut.AddressOut"][];
        };
        /**
         * AddressOut
         * @description An own address outside the exchange.
         */
        readonly "AddressesOut.AddressOut": {
            /** Address */
            readonly address: string;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Held
             * @description Empty where what goes there is a flow
             */
            readonly held: readonly components["schemas"]["AddressesOut.HeldThereOut"][];
            /** Id */
            readonly id: number;
            /** Label */
            readonly label: string;
            /**
             * Network
             * @description As the exchange calls it; null: any
             */
            readonly network: string | null;
            /**
             * Treatment
             * @description flow: it left; outside_holdings: it stays in the value (wallet `outside`)
             * @enum {string}
             */
            readonly treatment: "flow" | "outside_holdings";
            /**
             * Withdrawals
             * @description That went there, of all accounts
             */
            readonly withdrawals: number;
        };
        /**
         * HeldThereOut
         * @description What of a coin was sent there and has not come back.
         */
        readonly "AddressesOut.HeldThereOut": {
            /** Asset */
            readonly asset: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
        };
        /**
         * AddressIn
         * @description An address with its tag, where the chain has one, as `address:tag`.
         */
        readonly AddressIn: {
            /** Address */
            readonly address: string;
            /**
             * Label
             * @default
             */
            readonly label: string;
            /**
             * Network
             * @default null
             */
            readonly network: string | null;
            /**
             * Treatment
             * @description flow: it left; outside_holdings: it stays in the value (wallet `outside`)
             * @default outside_holdings
             * @enum {string}
             */
            readonly treatment: "flow" | "outside_holdings";
        };
        /**
         * AlertsOut
         * @description Alerts, the newest first.
         */
        readonly AlertsOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["AlertsOut.AlertOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Unread
             * @description Of all there are
             */
            readonly unread: number;
        };
        /**
         * AlertOut
         * @description One alert. `value` and `limit` are in the unit of the kind; null: it has none.
         */
        readonly "AlertsOut.AlertOut": {
            /**
             * Account
             * @description Null: it is about the market
             */
            readonly account: number | null;
            /** Account Name */
            readonly account_name: string | null;
            /** Deliveries */
            readonly deliveries: readonly components["schemas"]["AlertsOut.DeliveryOut"][];
            /** Detail */
            readonly detail: string;
            /** Id */
            readonly id: number;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "loss_1h" | "loss_24h" | "loss_peak" | "sync_failing" | "balance_anomaly" | "position_share" | "drift_band" | "price_above" | "price_below" | "depeg" | "key_rights" | "residual" | "run_finished" | "run_failed" | "run_review" | "benchmark_exhausted" | "audit_broken";
            /** Limit */
            readonly limit: string | null;
            /** Read */
            readonly read: boolean;
            /**
             * Reason
             * @description A code: why, where there is one
             */
            readonly reason: string | null;
            /** Run Id */
            readonly run_id: number | null;
            /**
             * Severity
             * @enum {string}
             */
            readonly severity: "info" | "warning" | "critical";
            /**
             * Subject
             * @description An asset, where it is about one
             */
            readonly subject: string | null;
            /**
             * Time
             * @description When it was told, on this machine's clock
             * @example 2026-11-20T14:00:00Z
             */
            readonly time: string;
            /** Unit */
            readonly unit: ("percent" | "points" | "times" | "money" | "price") | null;
            /** Value */
            readonly value: string | null;
        };
        /**
         * DeliveryOut
         * @description What became of a message.
         */
        readonly "AlertsOut.DeliveryOut": {
            /**
             * Channel
             * @enum {string}
             */
            readonly channel: "webhook" | "telegram" | "email";
            /**
             * Error
             * @description In words, of the last try; empty: none
             */
            readonly error: string;
            /**
             * State
             * @enum {string}
             */
            readonly state: "waiting" | "sent" | "failed";
            /**
             * Time
             * @description Of the last try, or since when it waits (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly time: string;
            /** Tries */
            readonly tries: number;
        };
        /**
         * AllocationIn
         * @description Targets to be set; they take the place of those there are.
         */
        readonly AllocationIn: {
            /**
             * Allocations
             * @description Target weights in percent, by asset; they add up to 100, within 0.01
             * @example {
             *       "BTC": 60,
             *       "USDT": 40
             *     }
             */
            readonly allocations: {
                readonly [key: string]: number;
            };
        };
        /**
         * AllocationOut
         * @description Targets, and how far from them the portfolio is.
         */
        readonly AllocationOut: {
            /**
             * Account
             * @description Null: the targets of all accounts that have none of their own
             */
            readonly account: number | null;
            /**
             * Allocations
             * @description Target weights in percent, by asset; they add up to 100, within 0.01
             */
            readonly allocations: {
                readonly [key: string]: number;
            };
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Items
             * @description The largest target first, then the largest value
             */
            readonly items: readonly components["schemas"]["AllocationOut.TargetOut"][];
            /**
             * Outside
             * @description How many targeted assets are outside their band
             */
            readonly outside: number;
            /**
             * Own
             * @description They were set for this account alone; false: those of all accounts, or none
             */
            readonly own: boolean;
            /** Reason */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Threshold Percent
             * @description The band around each target, in points
             */
            readonly threshold_percent: number;
            /** Total Value Usd */
            readonly total_value_usd: string | null;
            /**
             * Untargeted Percent
             * @description Weight of what has no target
             */
            readonly untargeted_percent: number | null;
        };
        /**
         * TargetOut
         * @description An asset that is held or has a target, over all wallets.
         */
        readonly "AllocationOut.TargetOut": {
            /** Asset */
            readonly asset: string;
            /**
             * Base Weight Percent
             * @description Of what takes part, which the targets are about; null: it takes no part
             */
            readonly base_weight_percent: number | null;
            /**
             * Drift Percent
             * @description Weight of what takes part, less the target; in points
             */
            readonly drift_percent: number | null;
            /** Name */
            readonly name: string;
            /**
             * Outside Band
             * @description The drift is at least the threshold of the settings
             */
            readonly outside_band: boolean;
            /**
             * Target Percent
             * @description Null: it has no target
             */
            readonly target_percent: number | null;
            /**
             * Value Usd
             * @description Null: no price
             */
            readonly value_usd: string | null;
            /**
             * Weight Percent
             * @description Of all that is priced
             */
            readonly weight_percent: number | null;
        };
        /**
         * ArmedOut
         * @description Whether an account may trade.
         */
        readonly ArmedOut: {
            /** Armed */
            readonly armed: boolean;
            /**
             * Armed Until
             * @description Null: it is not armed, or (in the demo) always
             */
            readonly armed_until: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Id */
            readonly id: number;
        };
        /**
         * ArmIn
         * @description For how long an account may trade.
         */
        readonly ArmIn: {
            /**
             * Confirmation
             * @description The name of the account
             */
            readonly confirmation: string;
            /** Minutes */
            readonly minutes: number;
        };
        /**
         * AttributionOut
         * @description change = flows + realized + unrealized + income - fees + residual.
         */
        readonly AttributionOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            /** Change Usd */
            readonly change_usd: string | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Fees Usd */
            readonly fees_usd: string | null;
            /**
             * Findings
             * @description Newest first, 100 at most
             */
            readonly findings: readonly components["schemas"]["AttributionOut.ResidualFindingOut"][];
            /** Findings Total */
            readonly findings_total: number;
            /**
             * Flows Usd
             * @description What is known to have crossed the border
             */
            readonly flows_usd: string | null;
            /**
             * Income Usd
             * @description Rewards, interest and funding, less what was paid of the latter
             */
            readonly income_usd: string | null;
            /**
             * Realized Pnl Usd
             * @description Before fees, at average cost, of coins withdrawn too
             */
            readonly realized_pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Residual Usd
             * @description What neither ledger nor prices explain
             */
            readonly residual_usd: string | null;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /** Start Value Usd */
            readonly start_value_usd: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Tolerance Usd
             * @description A residual up to this raises no alarm
             */
            readonly tolerance_usd: string | null;
            /** Unrealized Change Usd */
            readonly unrealized_change_usd: string | null;
        };
        /**
         * CoinResidualOut
         * @description The part of one coin in a residual.
         */
        readonly "AttributionOut.CoinResidualOut": {
            /**
             * Asset
             * @description Null: money that is in no coin
             */
            readonly asset: string | null;
            /**
             * Likely Cause
             * @description The likely cause: a stable code, and a guess
             * @example missed_deposit
             */
            readonly likely_cause: string;
            /**
             * Quantity
             * @description Missing in the ledger, negative: too much; null: a price is wrong
             */
            readonly quantity: string | null;
            /**
             * Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly value_usd: string;
        };
        /**
         * ResidualFindingOut
         * @description An interval whose change of value is not explained.
         */
        readonly "AttributionOut.ResidualFindingOut": {
            /**
             * After
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly after: string;
            /** Coins */
            readonly coins: readonly components["schemas"]["AttributionOut.CoinResidualOut"][];
            /**
             * Likely Cause
             * @description The likely cause: a stable code, and a guess
             * @example missed_deposit
             */
            readonly likely_cause: string;
            /**
             * Residual Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly residual_usd: string;
            /**
             * Until
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly until: string;
        };
        /**
         * AuditCheckOut
         * @description What a check of all rows found; null where none was made yet.
         */
        readonly AuditCheckOut: {
            /**
             * Breaks
             * @description The first hundred
             */
            readonly breaks: readonly components["schemas"]["AuditCheckOut.ChainBreakOut"][];
            /** Breaks Total */
            readonly breaks_total: number;
            /**
             * Checked At
             * @description (machine)
             */
            readonly checked_at: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Hash
             * @description Of the last row: kept elsewhere, it proves the rows up to it
             */
            readonly hash: string | null;
            /** Intact */
            readonly intact: boolean | null;
            /** Last Id */
            readonly last_id: number | null;
            /** Reason */
            readonly reason: "not_checked_yet" | null;
            /** Rows */
            readonly rows: number | null;
        };
        /**
         * ChainBreakOut
         * @description Rows at which the chain is broken.
         */
        readonly "AuditCheckOut.ChainBreakOut": {
            /** First Id */
            readonly first_id: number;
            /**
             * Kind
             * @description changed: a row is not what its hash says; missing: rows are gone; added: rows that were never written; rewritten: rows with hashes of their own that are not those written; head: the end of the chain was taken away
             * @enum {string}
             */
            readonly kind: "changed" | "missing" | "added" | "rewritten" | "head";
            /** Last Id */
            readonly last_id: number;
        };
        /**
         * AuditOut
         * @description Acts of this environment and of the whole installation, newest first.
         *
         *     `total`: how many the filters leave; `actions` and `actors`: all there are to filter by.
         */
        readonly AuditOut: {
            /** Actions */
            readonly actions: readonly string[];
            /** Actors */
            readonly actors: readonly string[];
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["AuditOut.AuditEntryOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /** Total */
            readonly total: number;
        };
        /**
         * AuditDetailOut
         * @description What tells an act from others; what is nested has its names joined by dots.
         */
        readonly "AuditOut.AuditDetailOut": {
            /** Name */
            readonly name: string;
            /** Value */
            readonly value: string | null;
        };
        /**
         * AuditEntryOut
         * @description One act.
         */
        readonly "AuditOut.AuditEntryOut": {
            /** Account */
            readonly account: number | null;
            /**
             * Account Name
             * @description null where the act is about none, or the account is gone
             */
            readonly account_name: string | null;
            /**
             * Action
             * @example cashflow.update
             */
            readonly action: string;
            /**
             * Actor
             * @description user, user:NAME, token:NAME, command line, or program: nobody asked for it
             */
            readonly actor: string;
            /**
             * At
             * @description When it was done (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly at: string;
            /** Details */
            readonly details: readonly components["schemas"]["AuditOut.AuditDetailOut"][];
            /**
             * Hash
             * @description SHA-256 in hexadecimal
             * @example 9f86d081884c7d659f86d081884c7d659f86d081884c7d659f86d081884c7d65
             */
            readonly hash: string;
            /** Id */
            readonly id: number;
            /**
             * Origin
             * @description From where: the address of the request; empty where there is none
             */
            readonly origin: string;
            /**
             * Previous Hash
             * @description SHA-256 in hexadecimal
             * @example 9f86d081884c7d659f86d081884c7d659f86d081884c7d659f86d081884c7d65
             */
            readonly previous_hash: string;
            /** Subject */
            readonly subject: string;
        };
        /**
         * AutomaticOut
         * @description Automatic runs of the environment.
         */
        readonly AutomaticOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Interval Presets Hours */
            readonly interval_presets_hours: readonly number[];
            /** Items */
            readonly items: readonly components["schemas"]["AutomaticOut.AutomaticAccountOut"][];
            /** Paused */
            readonly paused: boolean;
            /** Threshold Presets Percent */
            readonly threshold_presets_percent: readonly number[];
        };
        /**
         * AutomaticAccountOut
         * @description The automatic runs of an account.
         */
        readonly "AutomaticOut.AutomaticAccountOut": {
            /** Account */
            readonly account: number;
            /**
             * Counting Since
             * @description The clock runs from here: when something was set last
             */
            readonly counting_since: string | null;
            /**
             * Dry Run
             * @description Automatic runs only record what they would send
             */
            readonly dry_run: boolean;
            /**
             * Failing
             * @description A code: what keeps a due run from being planned; tried again
             */
            readonly failing: string | null;
            /**
             * Hold
             * @description Why none begins now; null: one is due
             */
            readonly hold: ("manual" | "paused" | "not_due") | ("running" | "cooldown" | "settling") | null;
            /**
             * Last Due
             * @description The newest due instant that was dealt with
             */
            readonly last_due: string | null;
            /** Name */
            readonly name: string;
            /**
             * Next Check
             * @description When that changes, on this machine's clock; null: only you change it
             */
            readonly next_check: string | null;
            /**
             * Strategy
             * @enum {string}
             */
            readonly strategy: "manual" | "periodic" | "threshold";
        };
        /**
         * BacktestIn
         * @description What to try. One of `start_value_usd` and `account` is needed: with an account its value at `from` is the start,
         *     and its deposits and withdrawals since then are the flows.
         */
        readonly BacktestIn: {
            /**
             * Account
             * @default null
             */
            readonly account: number | null;
            /**
             * Allocations
             * @description Target weights in percent by asset; they add up to 100 within 0.01
             * @example {
             *       "BTC": 60,
             *       "ETH": 40
             *     }
             */
            readonly allocations: {
                readonly [key: string]: number;
            };
            /**
             * Bnb Discount
             * @description A quarter less, paid in BNB, as long as there is enough of it
             * @default false
             */
            readonly bnb_discount: boolean;
            /**
             * Cooldown Hours
             * @description What is due waits so long after a run
             * @default 0
             */
            readonly cooldown_hours: number;
            /**
             * Fee Percent
             * @description Of what is received, taker
             * @default 0.1
             */
            readonly fee_percent: number;
            /**
             * Flows
             * @description Only with `start_value_usd`
             */
            readonly flows?: readonly components["schemas"]["BacktestIn.FlowIn"][];
            /**
             * From
             * Format: date-time
             * @description ISO 8601 with zone
             */
            readonly from: string;
            /**
             * Heat Map
             * @description Also all presets: ten intervals by eight thresholds, each the rule `threshold`
             * @default false
             */
            readonly heat_map: boolean;
            /**
             * Interval
             * @description Of the candles; rules act at their ends only
             * @default 1h
             * @enum {string}
             */
            readonly interval: "30m" | "1h" | "4h" | "12h" | "1d";
            /**
             * Max Turnover Percent
             * @description Of the portfolio, for each run
             * @default null
             */
            readonly max_turnover_percent: number | null;
            /**
             * Min Trade Percent
             * @description Of the portfolio; smaller ones are left out
             * @default 0.5
             */
            readonly min_trade_percent: number;
            /**
             * Min Trade Usd
             * @description Smaller trades are left out
             * @default 0
             * @example 10000
             */
            readonly min_trade_usd: string;
            /**
             * Settle Minutes
             * @description And so long after money came in
             * @default 0
             */
            readonly settle_minutes: number;
            /**
             * Spread Percent
             * @description Between bid and ask; each order pays half of it
             * @default 0
             */
            readonly spread_percent: number;
            /**
             * Start Value Usd
             * @default null
             */
            readonly start_value_usd: string | null;
            /** Strategies */
            readonly strategies?: readonly components["schemas"]["BacktestIn.StrategyIn"][];
            /**
             * To
             * Format: date-time
             * @description ISO 8601 with zone
             */
            readonly to: string;
        };
        /**
         * FlowIn
         * @description Money that comes in, or (negative) goes out, in the reporting currency.
         */
        readonly "BacktestIn.FlowIn": {
            /**
             * Amount Usd
             * @example 10000
             */
            readonly amount_usd: string;
            /**
             * T
             * Format: date-time
             * @description ISO 8601 with zone; it counts from the next candle on
             */
            readonly t: string;
        };
        /**
         * StrategyIn
         * @description A rule to try.
         *
         *     hold: buy once. periodic: back to the targets every `interval_hours`. threshold: back to them where an asset is
         *     `threshold_percent` points off its target, looked at every `interval_hours`, or at every candle where that is left
         *     out.
         */
        readonly "BacktestIn.StrategyIn": {
            /**
             * Interval Hours
             * @default null
             * @example 24
             */
            readonly interval_hours: number | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "hold" | "periodic" | "threshold";
            /**
             * Threshold Percent
             * @default null
             * @example 5
             */
            readonly threshold_percent: number | null;
        };
        /**
         * BacktestListOut
         * @description The newest first.
         */
        readonly BacktestListOut: {
            /** Items */
            readonly items: readonly components["schemas"]["BacktestListOut.BacktestRowOut"][];
        };
        /**
         * BacktestRowOut
         * @description A line of the list.
         */
        readonly "BacktestListOut.BacktestRowOut": {
            /** Account */
            readonly account: number | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /** Heat Map */
            readonly heat_map: boolean;
            /**
             * Interval
             * @enum {string}
             */
            readonly interval: "30m" | "1h" | "4h" | "12h" | "1d";
            /** Job Id */
            readonly job_id: number;
            /** Progress */
            readonly progress: number;
            /**
             * State
             * @enum {string}
             */
            readonly state: "queued" | "prices" | "computing" | "done" | "failed" | "cancelled";
            /** Strategies */
            readonly strategies: readonly components["schemas"]["BacktestListOut.StrategyOut"][];
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
        };
        /**
         * StrategyOut
         * @description A rule; null where it has no such number.
         */
        readonly "BacktestListOut.StrategyOut": {
            /** Interval Hours */
            readonly interval_hours: number | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "hold" | "periodic" | "threshold";
            /** Threshold Percent */
            readonly threshold_percent: number | null;
        };
        /**
         * BacktestOut
         * @description A backtest. `progress` is a fraction; results come one by one.
         */
        readonly BacktestOut: {
            /** Account */
            readonly account: number | null;
            /** Allocations */
            readonly allocations: {
                readonly [key: string]: number;
            };
            /** Assumptions */
            readonly assumptions: readonly components["schemas"]["BacktestOut.AssumptionOut"][];
            /**
             * Code
             * @description Why it failed: a stable code
             */
            readonly code: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /** Detail */
            readonly detail: string | null;
            /**
             * End
             * @description The last such candle
             */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /** Gaps */
            readonly gaps: readonly components["schemas"]["BacktestOut.PriceGapOut"][];
            /** Gaps Total */
            readonly gaps_total: number;
            readonly heat_map: components["schemas"]["BacktestOut.HeatMapOut"] | null;
            /**
             * Interval
             * @enum {string}
             */
            readonly interval: "30m" | "1h" | "4h" | "12h" | "1d";
            /** Job Id */
            readonly job_id: number;
            /** Progress */
            readonly progress: number;
            /** Reporting Currency */
            readonly reporting_currency: string;
            /** Results */
            readonly results: readonly components["schemas"]["BacktestOut.BacktestResultOut"][];
            /**
             * Start
             * @description The first candle at which all prices are known; null before that is found
             */
            readonly start: string | null;
            /** Start Value Usd */
            readonly start_value_usd: string | null;
            /**
             * State
             * @enum {string}
             */
            readonly state: "queued" | "prices" | "computing" | "done" | "failed" | "cancelled";
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
        };
        /**
         * AssumptionOut
         * @description What a result rests on: a stable code, its numbers, and the sentence in English.
         */
        readonly "BacktestOut.AssumptionOut": {
            /**
             * Code
             * @example fill_at_close
             */
            readonly code: string;
            /** Text */
            readonly text: string;
            /** Values */
            readonly values: {
                readonly [key: string]: string;
            };
        };
        /**
         * BacktestPointOut
         * @description A point of a line; extremes survive the thinning.
         */
        readonly "BacktestOut.BacktestPointOut": {
            /**
             * T
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly t: string;
            /**
             * Twr Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly twr_percent: number;
            /**
             * Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly value_usd: string;
        };
        /**
         * BacktestResultOut
         * @description What came of one rule, after fees and spread.
         */
        readonly "BacktestOut.BacktestResultOut": {
            /**
             * End Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly end_value_usd: string;
            /**
             * Fees Percent
             * @description Of the start value and what was paid in
             */
            readonly fees_percent: number;
            /**
             * Fees Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fees_usd: string;
            /**
             * Flow Orders
             * @description Of the first purchase, and of money that came in or went out
             */
            readonly flow_orders: number;
            /**
             * Max Drawdown Percent
             * @description Negative: the deepest fall between two candles
             */
            readonly max_drawdown_percent: number;
            /**
             * Net Flows Usd
             * @description Since the start; money that could not be raised did not go out
             * @example 1250.45
             */
            readonly net_flows_usd: string;
            /**
             * Orders
             * @description Of runs; those of the first purchase and of flows not counted
             */
            readonly orders: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Runs
             * @description How often the rule traded
             */
            readonly runs: number;
            /** Series */
            readonly series: readonly components["schemas"]["BacktestOut.BacktestPointOut"][];
            /**
             * Sharpe Ratio
             * @description Of daily returns, a year of 365 days, no risk-free rate; null where too few days are known
             */
            readonly sharpe_ratio: number | null;
            /**
             * Spread Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly spread_usd: string;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            readonly strategy: components["schemas"]["BacktestOut.StrategyOut"];
            /**
             * Turnover Percent
             * @description The larger side of every run as a share of the portfolio, added up; the first purchase not counted
             */
            readonly turnover_percent: number;
            /**
             * Twr Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly twr_percent: number;
        };
        /**
         * HeatCellOut
         * @description One preset of the heat map.
         */
        readonly "BacktestOut.HeatCellOut": {
            /**
             * End Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly end_value_usd: string;
            /**
             * Fees Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fees_usd: string;
            /** Interval Hours */
            readonly interval_hours: number;
            /**
             * Max Drawdown Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly max_drawdown_percent: number;
            /** Orders */
            readonly orders: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Sharpe Ratio */
            readonly sharpe_ratio: number | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Threshold Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly threshold_percent: number;
            /**
             * Turnover Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly turnover_percent: number;
            /**
             * Twr Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly twr_percent: number;
        };
        /**
         * HeatMapOut
         * @description Interval by threshold. Cells come one by one while they are computed.
         */
        readonly "BacktestOut.HeatMapOut": {
            /** Cells */
            readonly cells: readonly components["schemas"]["BacktestOut.HeatCellOut"][];
            /** Intervals Hours */
            readonly intervals_hours: readonly number[];
            /** Thresholds Percent */
            readonly thresholds_percent: readonly number[];
        };
        /**
         * PriceGapOut
         * @description Candles that are missing: nothing is traded and no value is told between the two.
         */
        readonly "BacktestOut.PriceGapOut": {
            /** Asset */
            readonly asset: string;
            /** Candles */
            readonly candles: number;
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
        };
        /**
         * StrategyOut
         * @description A rule; null where it has no such number.
         */
        readonly "BacktestOut.StrategyOut": {
            /** Interval Hours */
            readonly interval_hours: number | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "hold" | "periodic" | "threshold";
            /** Threshold Percent */
            readonly threshold_percent: number | null;
        };
        /**
         * BacktestStarted
         * @description The work that was begun; `GET /api/rebalancing/backtest/<job_id>` tells how far it is.
         */
        readonly BacktestStarted: {
            /** Job Id */
            readonly job_id: number;
        };
        /**
         * BalancesOut
         * @description Everything held, valued.
         */
        readonly BalancesOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Balances */
            readonly balances: readonly components["schemas"]["BalancesOut.BalanceOut"][];
            /**
             * Complete
             * @description Every wallet was read and every coin has a price
             */
            readonly complete: boolean;
            /**
             * Drift Band Percent
             * @description From this drift on an asset is off its target, in points
             */
            readonly drift_band_percent: number;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly hidden: components["schemas"]["BalancesOut.HiddenOut"];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Refreshed At
             * @description When it was read, on this machine's clock
             */
            readonly refreshed_at: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Total Value Usd */
            readonly total_value_usd: string | null;
            /**
             * Unknown Wallets
             * @description Could not be read: they count with what they held last
             */
            readonly unknown_wallets: readonly ("spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements")[];
            /** Unpriced */
            readonly unpriced: readonly string[];
        };
        /**
         * BalanceOut
         * @description One asset in one wallet of one account.
         */
        readonly "BalancesOut.BalanceOut": {
            /** Account */
            readonly account: number;
            /**
             * Asset
             * @example BTC
             */
            readonly asset: string;
            /**
             * Borrowed
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly borrowed: string;
            /** Change 24H Percent */
            readonly change_24h_percent: number | null;
            /**
             * Cost Usd
             * @description What the holding cost, at average cost
             */
            readonly cost_usd: string | null;
            /**
             * Drift Percent
             * @description Of the asset over all wallets: weight in what takes part in rebalancing less target, in points
             */
            readonly drift_percent: number | null;
            /**
             * Free
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly free: string;
            /**
             * Hidden
             * @description Why lists leave the coin out, by the rule of /api/settings; it is in the total all the same
             */
            readonly hidden: ("named" | "no_price" | "small") | null;
            /**
             * Interest
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly interest: string;
            /**
             * Locked
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly locked: string;
            /**
             * Name
             * @example Bitcoin
             */
            readonly name: string;
            /**
             * Percentage
             * @description Share of the total value
             */
            readonly percentage: number | null;
            /** Price Usd */
            readonly price_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Target Percent
             * @description Target weight of the asset; null: it has none
             */
            readonly target_percent: number | null;
            /**
             * Timestamp
             * @description When the exchange said so, on its clock
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Total
             * @description Owned less owed; negative where more is owed
             * @example 0.5
             */
            readonly total: string;
            /**
             * Unrealized
             * @description Profit of open futures positions in this asset: in the value, not owned
             * @example 0.5
             */
            readonly unrealized: string;
            /**
             * Unrealized Pnl Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly unrealized_pnl_reason: string | null;
            /**
             * Unrealized Pnl Status
             * @description estimated: what part of it had cost, nobody told
             * @enum {string}
             */
            readonly unrealized_pnl_status: "exact" | "estimated" | "unavailable";
            /** Unrealized Pnl Usd */
            readonly unrealized_pnl_usd: string | null;
            /** Usd Value */
            readonly usd_value: string | null;
            /**
             * Wallet
             * @enum {string}
             */
            readonly wallet: "spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements";
        };
        /**
         * HiddenOut
         * @description Coins that lists leave out for the eye; they are in the total.
         */
        readonly "BalancesOut.HiddenOut": {
            /** Count */
            readonly count: number;
            /**
             * Minimum Usd
             * @description What is worth less is hidden: in the server's own currency, whatever is shown
             * @example 1250.45
             */
            readonly minimum_usd: string;
            /**
             * Unpriced
             * @description How many of them have no price
             */
            readonly unpriced: number;
            /**
             * Value Usd
             * @description Of those with a price, together
             * @example 1250.45
             */
            readonly value_usd: string;
        };
        /**
         * BenchmarkOut
         * @description The benchmark of a window: index, money line, and what holding only would have made.
         *
         *     `status` and `reason` are those of the difference of both returns.
         */
        readonly BenchmarkOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            readonly comparison: components["schemas"]["BenchmarkOut.ComparisonOut"];
            /** Composition */
            readonly composition: readonly components["schemas"]["BenchmarkOut.BenchmarkCoinOut"][];
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Excess Percent
             * @description Real return less that of the index, in percentage points
             */
            readonly excess_percent: number | null;
            readonly hold_only: components["schemas"]["BenchmarkOut.HoldOnlyOut"];
            /**
             * Index Percent
             * @description Return of the index over the window: no flows, no costs
             */
            readonly index_percent: number | null;
            /**
             * Index Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly index_reason: string | null;
            /**
             * Index Status
             * @enum {string}
             */
            readonly index_status: "exact" | "estimated" | "unavailable";
            readonly money_line: components["schemas"]["BenchmarkOut.MoneyLineOut"];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            readonly resets: components["schemas"]["BenchmarkOut.ResetsOut"];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Twr Percent */
            readonly twr_percent: number | null;
        };
        /**
         * BenchmarkCoinOut
         * @description A coin of the benchmark and what is held of it at the end.
         */
        readonly "BenchmarkOut.BenchmarkCoinOut": {
            /** Coin */
            readonly coin: string;
            /** Price Usd */
            readonly price_usd: string | null;
            /** Units */
            readonly units: string | null;
            /** Value Usd */
            readonly value_usd: string | null;
            /**
             * Weight Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly weight_percent: number;
        };
        /**
         * CoinPriceOut
         * @description A coin's price at an instant.
         */
        readonly "BenchmarkOut.CoinPriceOut": {
            /** Coin */
            readonly coin: string;
            /** Price Usd */
            readonly price_usd: string | null;
        };
        /**
         * ComparisonOut
         * @description The newest snapshot beside the benchmark's money line; it is at most 24 h old.
         */
        readonly "BenchmarkOut.ComparisonOut": {
            /** At */
            readonly at: string | null;
            /** Benchmark Usd */
            readonly benchmark_usd: string | null;
            /** Difference Usd */
            readonly difference_usd: string | null;
            /** Nav Usd */
            readonly nav_usd: string | null;
            /**
             * Outperformance Pct
             * @description difference / benchmark x 100
             */
            readonly outperformance_pct: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * HoldOnlyOut
         * @description What holding what was there would have made, with the same deposits and withdrawals.
         */
        readonly "BenchmarkOut.HoldOnlyOut": {
            /**
             * Difference Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly difference_reason: string | null;
            /**
             * Difference Status
             * @enum {string}
             */
            readonly difference_status: "exact" | "estimated" | "unavailable";
            /**
             * Difference Usd
             * @description Real value less the shadow's
             */
            readonly difference_usd: string | null;
            /**
             * Excess Percent
             * @description Real return since then less that, in percentage points
             */
            readonly excess_percent: number | null;
            /**
             * Excess Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly excess_reason: string | null;
            /**
             * Excess Status
             * @enum {string}
             */
            readonly excess_status: "exact" | "estimated" | "unavailable";
            /** Exhausted */
            readonly exhausted: boolean;
            /** Hold Percent */
            readonly hold_percent: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Since
             * @description The start of the window, or of the shadow where that is later
             */
            readonly since: string | null;
            /**
             * Status
             * @description Of what holding would have made
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * MoneyLineOut
         * @description What the benchmark would be worth with the same deposits and withdrawals, just before the flow of the end.
         */
        readonly "BenchmarkOut.MoneyLineOut": {
            /**
             * Exhausted
             * @description A withdrawal took more than there was; the next deposit begins anew
             */
            readonly exhausted: boolean;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * ResetOut
         * @description The benchmark went back to its weights at these prices.
         */
        readonly "BenchmarkOut.ResetOut": {
            /**
             * At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly at: string;
            /** Prices */
            readonly prices: readonly components["schemas"]["BenchmarkOut.CoinPriceOut"][];
        };
        /**
         * ResetsOut
         * @description When the benchmark goes back to its weights, in UTC; the last resets of the account's time, newest first.
         */
        readonly "BenchmarkOut.ResetsOut": {
            /** Hour */
            readonly hour: number | null;
            /** Last */
            readonly last: readonly components["schemas"]["BenchmarkOut.ResetOut"][];
            /** Never */
            readonly never: boolean;
            /** Next */
            readonly next: string | null;
            /**
             * Weekday
             * @description 0 is Monday
             */
            readonly weekday: number;
        };
        /**
         * BenchmarkSettingsIn
         * @description What is to be set.
         */
        readonly BenchmarkSettingsIn: {
            /**
             * Coins
             * @description The weights add up to 1, within 0.0001
             */
            readonly coins: readonly components["schemas"]["BenchmarkSettingsIn.WeightedCoin"][];
            /**
             * Hold Since
             * @description With a zone; null: the first snapshot
             */
            readonly hold_since: string | null;
            /** @description When it goes back to its weights; null: never */
            readonly reset: components["schemas"]["BenchmarkSettingsIn.ResetTime"] | null;
            /**
             * Withdrawal
             * @description What a withdrawal takes out of the shadows: as much money, or the same share
             * @enum {string}
             */
            readonly withdrawal: "benchmark" | "share";
        };
        /**
         * ResetTime
         * @description A weekly instant in UTC.
         */
        readonly "BenchmarkSettingsIn.ResetTime": {
            /** Hour */
            readonly hour: number;
            /**
             * Weekday
             * @description 0 is Monday
             */
            readonly weekday: number;
        };
        /**
         * WeightedCoin
         * @description A coin and its weight.
         */
        readonly "BenchmarkSettingsIn.WeightedCoin": {
            /**
             * Coin
             * @example BTC
             */
            readonly coin: string;
            /**
             * Weight
             * @example 0.5
             */
            readonly weight: string;
        };
        /**
         * BenchmarkSettingsOut
         * @description What is set. `recomputing`: figures are those of what was set before until they are computed anew.
         */
        readonly BenchmarkSettingsOut: {
            /**
             * Coins
             * @description The weights add up to 1, within 0.0001
             */
            readonly coins: readonly components["schemas"]["BenchmarkSettingsOut.WeightedCoin"][];
            /** Hold Since */
            readonly hold_since: string | null;
            /** Recomputing */
            readonly recomputing: boolean;
            /** @description When it goes back to its weights; null: never */
            readonly reset: components["schemas"]["BenchmarkSettingsOut.ResetTime"] | null;
            /**
             * Withdrawal
             * @description What a withdrawal takes out of the shadows: as much money, or the same share
             * @enum {string}
             */
            readonly withdrawal: "benchmark" | "share";
        };
        /**
         * ResetTime
         * @description A weekly instant in UTC.
         */
        readonly "BenchmarkSettingsOut.ResetTime": {
            /** Hour */
            readonly hour: number;
            /**
             * Weekday
             * @description 0 is Monday
             */
            readonly weekday: number;
        };
        /**
         * WeightedCoin
         * @description A coin and its weight.
         */
        readonly "BenchmarkSettingsOut.WeightedCoin": {
            /**
             * Coin
             * @example BTC
             */
            readonly coin: string;
            /**
             * Weight
             * @example 0.5
             */
            readonly weight: string;
        };
        /**
         * CashFlowAddressIn
         * @description Whether a deposit came from an own address outside: `returned` names it; null takes the answer back.
         */
        readonly CashFlowAddressIn: {
            /**
             * Address
             * @default null
             */
            readonly address: number | null;
            /** Decision */
            readonly decision: ("returned" | "flow") | null;
        };
        /**
         * CashFlowChangedOut
         * @description The cash flow as it stands, and whether its effect on the returns is being computed.
         */
        readonly CashFlowChangedOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["CashFlowChangedOut.CashFlowOut"];
            /** Recomputing */
            readonly recomputing: boolean;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * AtAddressOut
         * @description An own address outside the exchange, and what a cash flow has to do with it.
         */
        readonly "CashFlowChangedOut.AtAddressOut": {
            /** Address */
            readonly address: string;
            /** Id */
            readonly id: number;
            /** Label */
            readonly label: string;
            /**
             * State
             * @description kept: the coins stay in the value; returned: they came back; suggested: they may have come back and count as a flow; flow: what goes there is a withdrawal
             * @enum {string}
             */
            readonly state: "kept" | "returned" | "suggested" | "flow";
        };
        /**
         * CashFlowOut
         * @description Money that crossed the border of the portfolio.
         */
        readonly "CashFlowChangedOut.CashFlowOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /** @description The own address outside that it went to, or came from */
            readonly address: components["schemas"]["CashFlowChangedOut.AtAddressOut"] | null;
            /**
             * Amount Usd
             * @description Negative = out
             */
            readonly amount_usd: string | null;
            /** Asset */
            readonly asset: string | null;
            /**
             * Counted
             * @description It is in the sums: moves among the accounts shown and what is not_flow are not
             */
            readonly counted: boolean;
            /**
             * Decided
             * @description The user said what it is; it can be taken back
             */
            readonly decided: boolean;
            /** Description */
            readonly description: string;
            /** Id */
            readonly id: number;
            /** @description Where it came from or went to, where that is tracked here, or may be */
            readonly move: components["schemas"]["CashFlowChangedOut.OwnMoveOut"] | null;
            /** Price Usd */
            readonly price_usd: string | null;
            /** Quantity */
            readonly quantity: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Source
             * @enum {string}
             */
            readonly source: "exchange" | "manual" | "csv";
            /**
             * Status
             * @description to_confirm: nothing explains it yet, and it counts; not_flow: the user said so, and it does not
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "to_confirm" | "pending" | "unavailable" | "not_flow";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Type
             * @enum {string}
             */
            readonly type: "DEPOSIT" | "WITHDRAW";
            /** Value Before Usd */
            readonly value_before_usd: string | null;
        };
        /**
         * OwnMoveOut
         * @description The other side of a move between two accounts that are tracked here.
         */
        readonly "CashFlowChangedOut.OwnMoveOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Basis
             * @description The exchange's id of both sides, the transaction, the address, coin, amount and time, or the user
             * @enum {string}
             */
            readonly basis: "transfer" | "transaction" | "address" | "amount" | "user";
            /**
             * Flow Id
             * @description The cash flow of the other side; null while it is not valued yet
             */
            readonly flow_id: number | null;
            /**
             * Quantity
             * @description What arrived
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * State
             * @description suggested: it changes no figure until it is confirmed
             * @enum {string}
             */
            readonly state: "paired" | "suggested";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
        };
        /**
         * CashFlowChangeIn
         * @description What changes of a cash flow; rows found on the exchange allow `description` only.
         */
        readonly CashFlowChangeIn: {
            /**
             * Amount Usd
             * @default null
             */
            readonly amount_usd: string | null;
            /**
             * Description
             * @default null
             */
            readonly description: string | null;
            /**
             * Timestamp
             * @default null
             */
            readonly timestamp: string | null;
            /**
             * Type
             * @default null
             */
            readonly type: ("DEPOSIT" | "WITHDRAW") | null;
        };
        /**
         * CashFlowDecisionIn
         * @description What an unexplained change of balance was: a cash flow, income or a loss (not_flow), or not known (null).
         */
        readonly CashFlowDecisionIn: {
            /** Decision */
            readonly decision: ("flow" | "not_flow") | null;
        };
        /**
         * CashFlowDeletedOut
         * @description What was deleted.
         */
        readonly CashFlowDeletedOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Id */
            readonly id: number;
            /** Recomputing */
            readonly recomputing: boolean;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * CashFlowIn
         * @description A cash flow entered by hand. `amount_usd` may carry the sign of its type or none.
         */
        readonly CashFlowIn: {
            /**
             * Account
             * @default null
             */
            readonly account: number | null;
            /**
             * Amount Usd
             * @example 1500.00
             */
            readonly amount_usd: string;
            /**
             * Asset
             * @default null
             */
            readonly asset: string | null;
            /**
             * Description
             * @default
             */
            readonly description: string;
            /**
             * Quantity
             * @default null
             */
            readonly quantity: string | null;
            /**
             * Timestamp
             * Format: date-time
             * @description ISO 8601 with zone; YYYYMMDDHHmm in imports is read as UTC
             */
            readonly timestamp: string;
            /**
             * Type
             * @enum {string}
             */
            readonly type: "DEPOSIT" | "WITHDRAW";
        };
        /**
         * CashFlowMoveIn
         * @description Whether two cash flows are one move between two accounts tracked here; null takes the answer back.
         */
        readonly CashFlowMoveIn: {
            /** Decision */
            readonly decision: ("move" | "not_move") | null;
            /**
             * Other
             * @description The cash flow of the other account
             */
            readonly other: number;
        };
        /**
         * CashFlowsOut
         * @description A page of cash flows, newest first, and the sums of all.
         */
        readonly CashFlowsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["CashFlowsOut.CashFlowOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            readonly totals: components["schemas"]["CashFlowsOut.FlowTotalsOut"];
        };
        /**
         * AtAddressOut
         * @description An own address outside the exchange, and what a cash flow has to do with it.
         */
        readonly "CashFlowsOut.AtAddressOut": {
            /** Address */
            readonly address: string;
            /** Id */
            readonly id: number;
            /** Label */
            readonly label: string;
            /**
             * State
             * @description kept: the coins stay in the value; returned: they came back; suggested: they may have come back and count as a flow; flow: what goes there is a withdrawal
             * @enum {string}
             */
            readonly state: "kept" | "returned" | "suggested" | "flow";
        };
        /**
         * CashFlowOut
         * @description Money that crossed the border of the portfolio.
         */
        readonly "CashFlowsOut.CashFlowOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /** @description The own address outside that it went to, or came from */
            readonly address: components["schemas"]["CashFlowsOut.AtAddressOut"] | null;
            /**
             * Amount Usd
             * @description Negative = out
             */
            readonly amount_usd: string | null;
            /** Asset */
            readonly asset: string | null;
            /**
             * Counted
             * @description It is in the sums: moves among the accounts shown and what is not_flow are not
             */
            readonly counted: boolean;
            /**
             * Decided
             * @description The user said what it is; it can be taken back
             */
            readonly decided: boolean;
            /** Description */
            readonly description: string;
            /** Id */
            readonly id: number;
            /** @description Where it came from or went to, where that is tracked here, or may be */
            readonly move: components["schemas"]["CashFlowsOut.OwnMoveOut"] | null;
            /** Price Usd */
            readonly price_usd: string | null;
            /** Quantity */
            readonly quantity: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Source
             * @enum {string}
             */
            readonly source: "exchange" | "manual" | "csv";
            /**
             * Status
             * @description to_confirm: nothing explains it yet, and it counts; not_flow: the user said so, and it does not
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "to_confirm" | "pending" | "unavailable" | "not_flow";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Type
             * @enum {string}
             */
            readonly type: "DEPOSIT" | "WITHDRAW";
            /** Value Before Usd */
            readonly value_before_usd: string | null;
        };
        /**
         * FlowTotalsOut
         * @description Sums over all cash flows, whatever the page shows.
         */
        readonly "CashFlowsOut.FlowTotalsOut": {
            /** Deposits */
            readonly deposits: number;
            /** Deposits Usd */
            readonly deposits_usd: string | null;
            /** First At */
            readonly first_at: string | null;
            /**
             * Moves To Confirm
             * @description Suggested ones, which are in the sums until they are confirmed
             */
            readonly moves_to_confirm: number;
            /** Net Usd */
            readonly net_usd: string | null;
            /**
             * Own Moves
             * @description Moves among the accounts shown: they are in no sum
             */
            readonly own_moves: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Value To Net Ratio */
            readonly value_to_net_ratio: number | null;
            /** Withdrawals */
            readonly withdrawals: number;
            /** Withdrawals Usd */
            readonly withdrawals_usd: string | null;
        };
        /**
         * OwnMoveOut
         * @description The other side of a move between two accounts that are tracked here.
         */
        readonly "CashFlowsOut.OwnMoveOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Basis
             * @description The exchange's id of both sides, the transaction, the address, coin, amount and time, or the user
             * @enum {string}
             */
            readonly basis: "transfer" | "transaction" | "address" | "amount" | "user";
            /**
             * Flow Id
             * @description The cash flow of the other side; null while it is not valued yet
             */
            readonly flow_id: number | null;
            /**
             * Quantity
             * @description What arrived
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * State
             * @description suggested: it changes no figure until it is confirmed
             * @enum {string}
             */
            readonly state: "paired" | "suggested";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
        };
        /**
         * CertificateOut
         * @description Whether the imported ledger, replayed, gives today's balances, to the last digit.
         */
        readonly CertificateOut: {
            /** Accounts */
            readonly accounts: readonly components["schemas"]["CertificateOut.AccountCertificateOut"][];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Assets */
            readonly assets: readonly components["schemas"]["CertificateOut.CertifiedAssetOut"][];
            /** Complete */
            readonly complete: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * AccountCertificateOut
         * @description One account's certificate.
         */
        readonly "CertificateOut.AccountCertificateOut": {
            /** Account */
            readonly account: number;
            /**
             * Compared At
             * @description The balances compared, on the exchange's clock
             */
            readonly compared_at: string | null;
            /** Complete */
            readonly complete: boolean;
            /** Missing Coverage */
            readonly missing_coverage: readonly components["schemas"]["CertificateOut.MissingCoverageOut"][];
            /** Name */
            readonly name: string;
            /**
             * Not Understood
             * @description Lines of imports that were refused: nobody knows what they moved
             */
            readonly not_understood: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @description estimated: complete, but for `not_understood` (`unknown_operations`)
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Unknown Wallets
             * @description Wallets that could not be read: then nothing is certified
             */
            readonly unknown_wallets: readonly string[];
        };
        /**
         * CertifiedAssetOut
         * @description One coin of one account.
         */
        readonly "CertificateOut.CertifiedAssetOut": {
            /** Account */
            readonly account: number;
            /** Asset */
            readonly asset: string;
            /**
             * Decided
             * @description How much of the difference you have said what it was
             * @example 0.5
             */
            readonly decided: string;
            /**
             * Difference
             * @description Reported less replayed: what the ledger lacks, negative: has too much
             * @example 0.5
             */
            readonly difference: string;
            /** Likely Cause */
            readonly likely_cause: string | null;
            /**
             * Replayed
             * @description What the ledger gives, without what stands in for unknown events
             * @example 0.5
             */
            readonly replayed: string;
            /**
             * Reported
             * @description What all wallets hold, debts taken off
             * @example 0.5
             */
            readonly reported: string;
            /**
             * Wallet
             * @description `all`: the coin over all wallets decides; `wallets` has each of them
             */
            readonly wallet: string;
            /** Wallets */
            readonly wallets: readonly components["schemas"]["CertificateOut.CertifiedWalletOut"][];
        };
        /**
         * CertifiedWalletOut
         * @description One coin in one wallet. What cancels out to zero among the wallets is no difference of the coin.
         */
        readonly "CertificateOut.CertifiedWalletOut": {
            /**
             * Difference
             * @description Reported less replayed
             */
            readonly difference: string | null;
            /**
             * Replayed
             * @description What ledger and moves between wallets give; null: not replayed yet
             */
            readonly replayed: string | null;
            /**
             * Reported
             * @description What the wallet holds, debts taken off
             * @example 0.5
             */
            readonly reported: string;
            /**
             * State
             * @description moves_not_told: so much was moved between wallets, and the exchange does not tell it; moves_not_read: not asked for yet; differs: the coin's whole difference; unclear: some of it
             * @enum {string}
             */
            readonly state: "agrees" | "moves_not_told" | "moves_not_read" | "differs" | "unclear";
            /** Wallet */
            readonly wallet: string;
        };
        /**
         * CoverageStretchOut
         * @description A stretch that nothing is known of.
         */
        readonly "CertificateOut.CoverageStretchOut": {
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * To
             * @description Null: up to now
             */
            readonly to: string | null;
        };
        /**
         * MissingCoverageOut
         * @description A history of which a stretch was not read: where a coin differs, it may be what this one would have told.
         */
        readonly "CertificateOut.MissingCoverageOut": {
            /** Gaps */
            readonly gaps: readonly components["schemas"]["CertificateOut.CoverageStretchOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Source */
            readonly source: string;
        };
        /**
         * ChannelsOut
         * @description Where messages go beside the dashboard.
         */
        readonly ChannelsOut: {
            /**
             * Allowed Hosts
             * @description What ALERT_ALLOWED_HOSTS allows; Telegram's own host always is
             */
            readonly allowed_hosts: readonly string[];
            /**
             * Blocked
             * @description Why no channel can be set; null: they can
             */
            readonly blocked: ("demo" | "no_vault") | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ChannelsOut.ChannelOut"][];
        };
        /**
         * ChannelOut
         * @description A channel as it may be shown; of the settings that of the channel's own kind.
         */
        readonly "ChannelsOut.ChannelOut": {
            /**
             * Channel
             * @enum {string}
             */
            readonly channel: "webhook" | "telegram" | "email";
            readonly email: components["schemas"]["ChannelsOut.EmailSettings"] | null;
            /** Enabled */
            readonly enabled: boolean;
            /** @description The newest message that was tried */
            readonly last: components["schemas"]["ChannelsOut.DeliveryOut"] | null;
            /**
             * Set
             * @description It has settings and a secret
             */
            readonly set: boolean;
            readonly telegram: components["schemas"]["ChannelsOut.TelegramSettings"] | null;
            readonly webhook: components["schemas"]["ChannelsOut.WebhookSettings"] | null;
        };
        /**
         * DeliveryOut
         * @description What became of a message.
         */
        readonly "ChannelsOut.DeliveryOut": {
            /**
             * Channel
             * @enum {string}
             */
            readonly channel: "webhook" | "telegram" | "email";
            /**
             * Error
             * @description In words, of the last try; empty: none
             */
            readonly error: string;
            /**
             * State
             * @enum {string}
             */
            readonly state: "waiting" | "sent" | "failed";
            /**
             * Time
             * @description Of the last try, or since when it waits (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly time: string;
            /** Tries */
            readonly tries: number;
        };
        /**
         * EmailSettings
         * @description A mailbox without the password of the server.
         */
        readonly "ChannelsOut.EmailSettings": {
            /** Host */
            readonly host: string;
            /** Port */
            readonly port: number;
            /** Recipient */
            readonly recipient: string;
            /**
             * Security
             * @enum {string}
             */
            readonly security: "starttls" | "tls";
            /** Sender */
            readonly sender: string;
            /** User */
            readonly user: string;
        };
        /**
         * TelegramSettings
         * @description A chat of Telegram without the token of the bot.
         */
        readonly "ChannelsOut.TelegramSettings": {
            /** Chat Id */
            readonly chat_id: string;
        };
        /**
         * WebhookSettings
         * @description A webhook without its secret.
         */
        readonly "ChannelsOut.WebhookSettings": {
            /** Url */
            readonly url: string;
        };
        /**
         * CodeIn
         * @description The code that the app shows now.
         */
        readonly CodeIn: {
            /**
             * Code
             * @description Of the app, or a recovery code
             */
            readonly code: string;
        };
        /**
         * CompareOut
         * @description Accounts side by side. The extremes of each line survive the thinning.
         */
        readonly CompareOut: {
            /** Accounts */
            readonly accounts: readonly components["schemas"]["CompareOut.ComparedAccountOut"][];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Left Out
             * @description How many more accounts there are, where none were asked for by name
             */
            readonly left_out: number;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /** Series */
            readonly series: readonly components["schemas"]["CompareOut.ComparedPointOut"][];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
        };
        /**
         * ComparedAccountOut
         * @description The window of one account; `status` and `reason` are those of the return.
         */
        readonly "CompareOut.ComparedAccountOut": {
            /** Available From */
            readonly available_from: string | null;
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** End */
            readonly end: string | null;
            /**
             * Excess Percent
             * @description Difference of both returns, in percentage points
             */
            readonly excess_percent: number | null;
            /**
             * Excess Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly excess_reason: string | null;
            /**
             * Excess Status
             * @enum {string}
             */
            readonly excess_status: "exact" | "estimated" | "unavailable";
            /** Id */
            readonly id: number;
            /**
             * Max Drawdown Percent
             * @description Of the index at 00:00 UTC of each day
             */
            readonly max_drawdown_percent: number | null;
            /**
             * Max Drawdown Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly max_drawdown_reason: string | null;
            /**
             * Max Drawdown Status
             * @enum {string}
             */
            readonly max_drawdown_status: "exact" | "estimated" | "unavailable";
            /** Name */
            readonly name: string;
            /**
             * Pnl Percent
             * @description pnl / (start value + deposits of the period)
             */
            readonly pnl_percent: number | null;
            /**
             * Pnl Percent Reason
             * @description Why there is none
             */
            readonly pnl_percent_reason: string | null;
            /**
             * Pnl Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly pnl_reason: string | null;
            /**
             * Pnl Status
             * @enum {string}
             */
            readonly pnl_status: "exact" | "estimated" | "unavailable";
            /** Pnl Usd */
            readonly pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Twr Percent */
            readonly twr_percent: number | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * ComparedPointOut
         * @description An instant: one entry an account, in their order; null where it has no snapshot at it.
         */
        readonly "CompareOut.ComparedPointOut": {
            /**
             * T
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly t: string;
            /** Twr Percent */
            readonly twr_percent: readonly (number | null)[];
            /** Value Usd */
            readonly value_usd: readonly (string | null)[];
        };
        /**
         * ConfirmedOut
         * @description Until when it counts.
         */
        readonly ConfirmedOut: {
            /** Until */
            readonly until: string | null;
        };
        /**
         * ConfirmIn
         * @description The password, typed again.
         */
        readonly ConfirmIn: {
            /** Password */
            readonly password: string;
        };
        /**
         * ConnectionOut
         * @description What a call to the exchange with the account's key showed.
         */
        readonly ConnectionOut: {
            /** Can Read */
            readonly can_read: boolean | null;
            /** Can Trade */
            readonly can_trade: boolean | null;
            /** Can Withdraw */
            readonly can_withdraw: boolean | null;
            /** Clock Offset Ms */
            readonly clock_offset_ms: number | null;
            /** Code */
            readonly code: string | null;
            /** Detail */
            readonly detail: string;
            /** Environment */
            readonly environment: string;
            /** Ip Restricted */
            readonly ip_restricted: boolean | null;
            /** Latency Ms */
            readonly latency_ms: number | null;
            /** Ok */
            readonly ok: boolean;
            /** Server Time */
            readonly server_time: string | null;
        };
        /**
         * ConversionsOut
         * @description Conversions, the newest first.
         */
        readonly ConversionsOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ConversionsOut.ConversionOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /**
         * ConversionOut
         * @description A conversion and what came of it.
         */
        readonly "ConversionsOut.ConversionOut": {
            /** Account */
            readonly account: number;
            /**
             * Amount
             * @description Of `from`, as it was asked for
             * @example 0.5
             */
            readonly amount: string;
            /** Detail */
            readonly detail: string;
            /** Dry Run */
            readonly dry_run: boolean;
            /**
             * Expected
             * @description Of `to`, as it was planned
             * @example 0.5
             */
            readonly expected: string;
            /** From */
            readonly from: string;
            /**
             * Reason
             * @description A code: why it ended as it did
             */
            readonly reason: string | null;
            /**
             * Received
             * @description Of `to`, by the fills and after fees taken from it; null: none
             */
            readonly received: string | null;
            /**
             * Route
             * @description The assets on the way, both ends included
             */
            readonly route: readonly string[];
            /** Run Id */
            readonly run_id: number;
            /**
             * Spent
             * @description Of `from`, by the fills; null: none
             */
            readonly spent: string | null;
            /**
             * State
             * @enum {string}
             */
            readonly state: "queued" | "running" | "complete" | "stopped" | "failed" | "needs_review";
            /**
             * Time
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly time: string;
            /** To */
            readonly to: string;
        };
        /**
         * ConvertIn
         * @description What to convert. Nothing is sent unless `dry_run` is false and `confirmation` names the account.
         */
        readonly ConvertIn: {
            /**
             * Account
             * @description May be left out where there is one
             * @default null
             */
            readonly account: number | null;
            /**
             * Amount
             * @description Of the asset that is given
             * @example 150
             */
            readonly amount: string;
            /**
             * Confirmation
             * @description The name of the account; not needed for a dry run
             * @default null
             */
            readonly confirmation: string | null;
            /**
             * Dry Run
             * @description Only record what would be sent
             * @default true
             */
            readonly dry_run: boolean;
            /**
             * From
             * @description The asset that is given
             */
            readonly from: string;
            /**
             * To
             * @description The asset that is wanted
             */
            readonly to: string;
        };
        /**
         * ConvertOut
         * @description A conversion that began, as it was planned.
         */
        readonly ConvertOut: {
            /** Account */
            readonly account: number;
            /**
             * Amount
             * @description Of `from`, as it was asked for
             * @example 0.5
             */
            readonly amount: string;
            /** Dry Run */
            readonly dry_run: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Expected
             * @description Of `to`, after fees, at the offers of now
             * @example 0.5
             */
            readonly expected: string;
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /** From */
            readonly from: string;
            /** Plan Id */
            readonly plan_id: string;
            /** Route */
            readonly route: readonly components["schemas"]["ConvertOut.PlanHopOut"][];
            /** Run Id */
            readonly run_id: number;
            /**
             * Spent
             * @description Of `from`: the amount as far as the filters of the pairs let it
             * @example 0.5
             */
            readonly spent: string;
            /**
             * Spread Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly spread_usd: string;
            /** To */
            readonly to: string;
        };
        /**
         * PlanHopOut
         * @description One market order on the way of a line.
         */
        readonly "ConvertOut.PlanHopOut": {
            /**
             * Fee In Bnb
             * @description Paid in BNB with its discount; else taken from what is received
             */
            readonly fee_in_bnb: boolean;
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /**
             * Notional
             * @description In the quote asset of the pair
             * @example 0.5
             */
            readonly notional: string;
            /**
             * Price
             * @description In the quote asset of the pair, as it is offered now
             * @example 0.5
             */
            readonly price: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Side
             * @enum {string}
             */
            readonly side: "BUY" | "SELL";
            /** Symbol */
            readonly symbol: string;
        };
        /**
         * ConvertPlanIn
         * @description What to convert.
         */
        readonly ConvertPlanIn: {
            /**
             * Account
             * @description May be left out where there is one
             * @default null
             */
            readonly account: number | null;
            /**
             * Amount
             * @description Of the asset that is given
             * @example 150
             */
            readonly amount: string;
            /**
             * From
             * @description The asset that is given
             */
            readonly from: string;
            /**
             * To
             * @description The asset that is wanted
             */
            readonly to: string;
        };
        /**
         * ConvertPlanOut
         * @description What a conversion would give; `POST /api/rebalancing/execute` carries it out by id and hash while it is valid.
         */
        readonly ConvertPlanOut: {
            /** Account */
            readonly account: number;
            /**
             * Amount
             * @description Of `from`, as it was asked for
             * @example 0.5
             */
            readonly amount: string;
            /**
             * Blocked
             * @description Why it may be looked at and not be executed
             */
            readonly blocked: readonly components["schemas"]["ConvertPlanOut.BlockedOut"][];
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Executable */
            readonly executable: boolean;
            /**
             * Expected
             * @description Of `to`, after fees, at the offers of now
             * @example 0.5
             */
            readonly expected: string;
            /**
             * Expires At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly expires_at: string;
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /** From */
            readonly from: string;
            /** Hash */
            readonly hash: string;
            /** Legs */
            readonly legs: readonly components["schemas"]["ConvertPlanOut.ConvertLegOut"][];
            /** Plan Id */
            readonly plan_id: string;
            /** Route */
            readonly route: readonly components["schemas"]["ConvertPlanOut.PlanHopOut"][];
            /**
             * Spent
             * @description Of `from`: the amount as far as the filters of the pairs let it
             * @example 0.5
             */
            readonly spent: string;
            /**
             * Spread Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly spread_usd: string;
            /** To */
            readonly to: string;
        };
        /**
         * BlockedOut
         * @description Why a plan may be looked at and not be executed.
         */
        readonly "ConvertPlanOut.BlockedOut": {
            /** Code */
            readonly code: string;
            /** Detail */
            readonly detail: string;
        };
        /**
         * ConvertLegOut
         * @description One order on the way, as it is expected to be filled.
         */
        readonly "ConvertPlanOut.ConvertLegOut": {
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /** Given */
            readonly given: string;
            /**
             * Price
             * @description In the quote asset of the pair, as it is offered now
             * @example 0.5
             */
            readonly price: string;
            /**
             * Quantity
             * @description Of the base asset of the pair
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Received
             * @description Of `taken`, less a fee that comes out of it
             * @example 0.5
             */
            readonly received: string;
            /**
             * Side
             * @enum {string}
             */
            readonly side: "BUY" | "SELL";
            /**
             * Spent
             * @description Of `given`
             * @example 0.5
             */
            readonly spent: string;
            /** Symbol */
            readonly symbol: string;
            /** Taken */
            readonly taken: string;
        };
        /**
         * PlanHopOut
         * @description One market order on the way of a line.
         */
        readonly "ConvertPlanOut.PlanHopOut": {
            /**
             * Fee In Bnb
             * @description Paid in BNB with its discount; else taken from what is received
             */
            readonly fee_in_bnb: boolean;
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /**
             * Notional
             * @description In the quote asset of the pair
             * @example 0.5
             */
            readonly notional: string;
            /**
             * Price
             * @description In the quote asset of the pair, as it is offered now
             * @example 0.5
             */
            readonly price: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Side
             * @enum {string}
             */
            readonly side: "BUY" | "SELL";
            /** Symbol */
            readonly symbol: string;
        };
        /**
         * DailyOut
         * @description Days, oldest first, and how value and benchmark stand now and stood in the last 24 hours.
         */
        readonly DailyOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Days */
            readonly days: number;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["DailyOut.DayOut"][];
            /** Last 24 Hours */
            readonly last_24_hours: readonly components["schemas"]["DailyOut.ComparisonOut"][];
            readonly latest: components["schemas"]["DailyOut.ComparisonOut"] | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * ComparisonOut
         * @description Value against the benchmark's money line, which has the same deposits and withdrawals.
         */
        readonly "DailyOut.ComparisonOut": {
            /** Benchmark Usd */
            readonly benchmark_usd: string | null;
            /**
             * Difference
             * @description nav - benchmark
             */
            readonly difference: string | null;
            /** Nav Usd */
            readonly nav_usd: string | null;
            /**
             * Outperformance Pct
             * @description difference / benchmark, in percent
             */
            readonly outperformance_pct: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
        };
        /**
         * DayOut
         * @description One day, 00:00 to 24:00 UTC. Averages are over its full hours.
         */
        readonly "DailyOut.DayOut": {
            /** Benchmark Avg Usd */
            readonly benchmark_avg_usd: string | null;
            /** Benchmark Close Usd */
            readonly benchmark_close_usd: string | null;
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /** Benchmark Return Percent */
            readonly benchmark_return_percent: number | null;
            /**
             * Benchmark Status
             * @description Of the benchmark's close and return
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /**
             * Complete
             * @description The day is over and no hour is missing
             */
            readonly complete: boolean;
            /**
             * Date
             * @description A day, UTC
             * @example 2026-11-20
             */
            readonly date: string;
            /**
             * Hours
             * @description Full hours with a value
             */
            readonly hours: number;
            /** Nav Avg Usd */
            readonly nav_avg_usd: string | null;
            /**
             * Nav Close Usd
             * @description At 24:00; of the running day the newest value
             */
            readonly nav_close_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Return Percent
             * @description Time-weighted
             */
            readonly return_percent: number | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * DemoActionIn
         * @description Something that happens to the demo account or its market.
         */
        readonly DemoActionIn: {
            /**
             * Action
             * @enum {string}
             */
            readonly action: "deposit" | "withdraw" | "price_shock";
            /**
             * Amount
             * @description Quantity of a deposit or withdrawal
             * @default null
             */
            readonly amount: string | null;
            /**
             * Asset
             * @example USDT
             */
            readonly asset: string;
            /**
             * Percent
             * @description Change of the price in percent
             * @default null
             */
            readonly percent: number | null;
        };
        /**
         * DemoActionOut
         * @description The action was taken; the figures follow with the next refresh.
         */
        readonly DemoActionOut: {
            /** Detail */
            readonly detail: string;
            /** Job Id */
            readonly job_id: number;
        };
        /**
         * DrawdownsOut
         * @description The deepest falls of a window, the deepest first.
         */
        readonly DrawdownsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["DrawdownsOut.DrawdownOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * DrawdownOut
         * @description A fall of the daily index below its peak until that is reached again.
         */
        readonly "DrawdownsOut.DrawdownOut": {
            /**
             * Days
             * @description From the peak until it is reached again, or until the end of the window
             */
            readonly days: number;
            /** Days To Trough */
            readonly days_to_trough: number;
            /**
             * Depth Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly depth_percent: number;
            /**
             * Peak
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly peak: string;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Recovered */
            readonly recovered: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Trough
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly trough: string;
        };
        /**
         * DuesOut
         * @description Due instants, the newest first.
         */
        readonly DuesOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["DuesOut.DueOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /**
         * DueOut
         * @description A due instant and what became of it.
         */
        readonly "DuesOut.DueOut": {
            /** Account */
            readonly account: number;
            /** Detail */
            readonly detail: string;
            /** Dry Run */
            readonly dry_run: boolean;
            /**
             * Due
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly due: string;
            /** Largest Drift Asset */
            readonly largest_drift_asset: string | null;
            /**
             * Largest Drift Percent
             * @description How far the furthest asset was from its target, signed; null: no plan was made
             */
            readonly largest_drift_percent: number | null;
            /**
             * Outcome
             * @enum {string}
             */
            readonly outcome: "run" | "nothing_to_do" | "inside_band" | "not_started" | "put_off";
            /**
             * Put Off
             * @description What it had to wait for; null: it was dealt with at once
             */
            readonly put_off: ("running" | "cooldown" | "settling") | null;
            /**
             * Reason
             * @description A code: what stood in the way, or what it waits for
             */
            readonly reason: string | null;
            /** Run Id */
            readonly run_id: number | null;
            /**
             * Strategy
             * @enum {string}
             */
            readonly strategy: "manual" | "periodic" | "threshold";
            /**
             * Time
             * @description When it was dealt with, or put off
             * @example 2026-11-20T14:00:00Z
             */
            readonly time: string;
        };
        /**
         * EmailIn
         * @description The secret is the password of the user at the mail server.
         */
        readonly EmailIn: {
            /** Enabled */
            readonly enabled: boolean;
            /** Host */
            readonly host: string;
            /** Port */
            readonly port: number;
            /** Recipient */
            readonly recipient: string;
            /**
             * Secret
             * @description Only ever written. Left out: the one that is kept, where it goes to the same place
             * @default null
             */
            readonly secret: string | null;
            /**
             * Security
             * @description tls: from the first byte; starttls: after a word in the open
             * @enum {string}
             */
            readonly security: "starttls" | "tls";
            /** Sender */
            readonly sender: string;
            /**
             * User
             * @description Empty: the server asks for none
             * @default
             */
            readonly user: string;
        };
        /**
         * EndedOut
         * @description What was ended.
         */
        readonly EndedOut: {
            /** Id */
            readonly id: number;
        };
        /**
         * ExecuteIn
         * @description A plan as it was seen, and the word that it is meant.
         */
        readonly ExecuteIn: {
            /**
             * Confirmation
             * @description The name of the account; a dry run needs none
             * @default null
             */
            readonly confirmation: string | null;
            /**
             * Dry Run
             * @description Only record what would be sent
             * @default true
             */
            readonly dry_run: boolean;
            /**
             * Hash
             * @description Of the plan; another one is refused: the plan is not what you saw
             */
            readonly hash: string;
            /** Plan Id */
            readonly plan_id: string;
        };
        /**
         * ExplainOut
         * @description A figure and all it is made of.
         */
        readonly ExplainOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Asset */
            readonly asset: string | null;
            /** Available From */
            readonly available_from: string | null;
            readonly data: components["schemas"]["ExplainOut.DataBehindOut"] | null;
            /** Days */
            readonly days: number;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Formula */
            readonly formula: string;
            /** From */
            readonly from: string | null;
            /**
             * Gaps
             * @description The newest 100
             */
            readonly gaps: readonly components["schemas"]["ExplainOut.ExplainGapOut"][];
            /**
             * Inputs
             * @description At most 500; the file has all
             */
            readonly inputs: readonly components["schemas"]["ExplainOut.InputOut"][];
            /** Inputs Total */
            readonly inputs_total: number;
            /** Method */
            readonly method: string;
            /**
             * Method Version
             * @description Raised whenever the same rows would give another figure
             */
            readonly method_version: string;
            /**
             * Metric
             * @enum {string}
             */
            readonly metric: "twr" | "twr_annualized" | "pnl" | "pnl_percent" | "net_flows" | "benchmark_twr" | "excess" | "xirr" | "value" | "change_today" | "net_deposits" | "profit" | "realized" | "unrealized" | "position_cost" | "position_average_price" | "position_realized" | "position_unrealized" | "volatility" | "sharpe" | "sortino" | "calmar" | "max_drawdown" | "max_drawdown_hourly" | "var_95" | "cvar_95" | "best_day" | "worst_day" | "positive_days" | "beta" | "alpha" | "tracking_error" | "information_ratio" | "win_rate" | "expectancy" | "profit_factor" | "benchmark_value" | "benchmark_difference" | "outperformance" | "hold_value" | "hold_difference" | "hold_twr" | "hold_excess" | "start_value" | "end_value" | "attribution_flows" | "attribution_realized" | "attribution_unrealized" | "attribution_prices" | "attribution_income" | "attribution_fees" | "attribution_residual" | "fees" | "income" | "drawdown" | "day_return" | "day_benchmark_return" | "day_average" | "day_benchmark_average" | "day_close" | "day_benchmark_close";
            /** Next Cursor */
            readonly next_cursor: number | null;
            /**
             * Parts Total
             * @description The sum of `part` over all rows: the figure; of alpha what it compounds from, day by day
             */
            readonly parts_total: string | null;
            readonly product: components["schemas"]["ExplainOut.ProductOut"] | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Result
             * @description The very figure that the pages show; percent and ratio: a number
             */
            readonly result: number | string | null;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Sub Periods */
            readonly sub_periods: readonly components["schemas"]["ExplainOut.SubPeriodOut"][];
            /** To */
            readonly to: string | null;
            readonly totals: components["schemas"]["ExplainOut.SubPeriodTotalsOut"] | null;
            /**
             * Unit
             * @enum {string}
             */
            readonly unit: "percent" | "money" | "ratio";
            readonly why_differs: components["schemas"]["ExplainOut.WhyDiffersOut"] | null;
            /** Words */
            readonly words: string;
        };
        /**
         * DataBehindOut
         * @description How complete the rows are.
         */
        readonly "ExplainOut.DataBehindOut": {
            /** Expected */
            readonly expected: number;
            /** Flows */
            readonly flows: number;
            /** Flows Valued */
            readonly flows_valued: number;
            /**
             * Largest Value Distance S
             * @description Null: no flow, or one of which it is not known
             */
            readonly largest_value_distance_s: number | null;
            /** Missing */
            readonly missing: number;
            /** Snapshots */
            readonly snapshots: number;
        };
        /**
         * ExplainGapOut
         * @description A stretch without snapshots.
         */
        readonly "ExplainOut.ExplainGapOut": {
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
        };
        /**
         * InputOut
         * @description A row that the figure is made of; `table` and `id` name what is stored.
         */
        readonly "ExplainOut.InputOut": {
            /** At */
            readonly at: string | null;
            /**
             * Benchmark
             * @description What the benchmark brought that day
             */
            readonly benchmark: string | null;
            /**
             * Factor
             * @description Of a payment: what it is discounted by
             */
            readonly factor: string | null;
            /** Id */
            readonly id: number | null;
            /**
             * Ids
             * @description All stored rows, where one line is of several
             */
            readonly ids: readonly number[];
            /** Kind */
            readonly kind: string;
            /** Label */
            readonly label: string;
            /**
             * Pairs
             * @description Of a price: the pairs it came by; 1/ where it was divided by
             */
            readonly pairs: string | null;
            /**
             * Part
             * @description What the row has in the figure; a percentage in ratios: 0.05 is 5 %
             */
            readonly part: string | null;
            /** Price */
            readonly price: string | null;
            /** Quantity */
            readonly quantity: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Returned
             * @description What a day brought
             */
            readonly returned: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Table */
            readonly table: string | null;
            /** Value */
            readonly value: string | null;
            /**
             * Weight
             * @description The share of a coin: all of an instant add up to 1
             */
            readonly weight: string | null;
        };
        /**
         * ProductOut
         * @description Growth factors of this page, of those before it, and of all.
         */
        readonly "ExplainOut.ProductOut": {
            /**
             * Before
             * @description A growth factor: 1.05 is +5 %
             */
            readonly before: string;
            /**
             * Page
             * @description A growth factor: 1.05 is +5 %
             */
            readonly page: string;
            /**
             * Total
             * @description A growth factor: 1.05 is +5 %
             */
            readonly total: string;
        };
        /**
         * SubPeriodOut
         * @description One linked piece; the product of all (1 + return), less 1, is the figure.
         */
        readonly "ExplainOut.SubPeriodOut": {
            /** End Snapshot Id */
            readonly end_snapshot_id: number | null;
            /** End Value Before Flow */
            readonly end_value_before_flow: string | null;
            /**
             * Flow
             * @description At `to`; null: the piece ends at none
             */
            readonly flow: string | null;
            /** Flow Ids */
            readonly flow_ids: readonly number[];
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * Kind
             * @description rounding: what the last digit of the stored index differs by
             * @enum {string}
             */
            readonly kind: "link" | "nothing_held" | "emptied" | "gain_without_capital" | "reset" | "index" | "rounding" | "not_explained";
            /** Number */
            readonly number: number;
            /** Profit */
            readonly profit: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Return
             * @description A ratio with all its digits: 0.05 is +5 %
             */
            readonly return: string;
            /**
             * Return Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly return_percent: number;
            /** Start Snapshot Id */
            readonly start_snapshot_id: number | null;
            /**
             * Start Value
             * @description After the flow at `from`; null: the piece has no value of its own
             */
            readonly start_value: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
            /**
             * Value Distance Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly value_distance_reason: string | null;
            /**
             * Value Distance S
             * @description How old the oldest price of the value just before the flow was; null: at no flow, or not known
             */
            readonly value_distance_s: number | null;
        };
        /**
         * SubPeriodTotalsOut
         * @description Over all sub-periods.
         */
        readonly "ExplainOut.SubPeriodTotalsOut": {
            /**
             * Flow
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly flow: string;
            /**
             * Profit
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly profit: string;
        };
        /**
         * WhyDiffersOut
         * @description Return and profit of the window side by side.
         */
        readonly "ExplainOut.WhyDiffersOut": {
            /** Opposite Signs */
            readonly opposite_signs: boolean;
            /** Pnl Percent */
            readonly pnl_percent: number | null;
            /** Pnl Usd */
            readonly pnl_usd: string | null;
            /** Reasons */
            readonly reasons: readonly string[];
            /** Twr Percent */
            readonly twr_percent: number | null;
            /** Words */
            readonly words: string;
        };
        /**
         * HealthOut
         * @description ok or degraded with 200, down with 503.
         */
        readonly HealthOut: {
            /** Api Response Time Ms */
            readonly api_response_time_ms: number | null;
            /**
             * Clock Offset Ms
             * @description The exchange's clock minus this machine's
             */
            readonly clock_offset_ms: number | null;
            /** Components */
            readonly components: readonly components["schemas"]["HealthOut.ComponentOut"][];
            /**
             * Database Connection
             * @enum {string}
             */
            readonly database_connection: "ok" | "failed";
            /**
             * Database Response Time Ms
             * @description How long reading the state of this very answer took
             */
            readonly database_response_time_ms: number | null;
            /**
             * Database Writable
             * @description Whether a row could be written; tried every ten seconds at most
             */
            readonly database_writable: boolean;
            /**
             * Database Write Time Ms
             * @description How long that took; null where it could not
             */
            readonly database_write_time_ms: number | null;
            /** Detail */
            readonly detail: string | null;
            /**
             * Disk Free Bytes
             * @description On the disk of the data, the fullest of them; null: not known
             */
            readonly disk_free_bytes: number | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Last Sync */
            readonly last_sync: string | null;
            /** Limits */
            readonly limits: readonly components["schemas"]["HealthOut.LimitOut"][];
            /**
             * Pages
             * @enum {string}
             */
            readonly pages: "ok" | "not_built";
            /**
             * Redis Connection
             * @enum {string}
             */
            readonly redis_connection: "ok" | "failed" | "not_configured";
            /** @description null while the database cannot be read */
            readonly refreshes_24h: components["schemas"]["HealthOut.RefreshesOut"] | null;
            /**
             * Started At
             * @description When this process began to serve (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly started_at: string;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "ok" | "degraded" | "down";
            /** Sync Lag Seconds */
            readonly sync_lag_seconds: number | null;
            /**
             * Sync Status
             * @enum {string}
             */
            readonly sync_status: "healthy" | "degraded" | "failing" | "starting";
            /** Version */
            readonly version: string;
        };
        /**
         * ComponentOut
         * @description One part of the program, or what it talks to. `detail` says in words what `status` does not.
         */
        readonly "HealthOut.ComponentOut": {
            /** Detail */
            readonly detail: string;
            /**
             * Name
             * @enum {string}
             */
            readonly name: "pages" | "database" | "collector" | "exchange" | "streams" | "snapshots" | "history" | "schema" | "disk" | "redis" | "simulator";
            /**
             * Status
             * @enum {string}
             */
            readonly status: "ok" | "starting" | "warning" | "down" | "not_used";
        };
        /**
         * LimitOut
         * @description One request limit of a host of the exchange, of which something is used in its running window.
         */
        readonly "HealthOut.LimitOut": {
            /** Banned */
            readonly banned: boolean;
            /** Host */
            readonly host: string;
            /** Limit */
            readonly limit: number;
            /**
             * Pool
             * @enum {string}
             */
            readonly pool: "api" | "sapi_ip" | "sapi_uid" | "sapi_uid_second" | "fapi" | "dapi";
            /**
             * Silent Until
             * @description Nothing is sent to the host before (machine)
             */
            readonly silent_until: string | null;
            /** Used */
            readonly used: number;
            /** Window S */
            readonly window_s: number;
        };
        /**
         * RefreshesOut
         * @description Tries to refresh balances in the running hour and the 23 before it, of all accounts together.
         */
        readonly "HealthOut.RefreshesOut": {
            /** Failed */
            readonly failed: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Since
             * @description The first try that is counted (machine)
             */
            readonly since: string | null;
            /** Worked */
            readonly worked: number;
            /**
             * Worked Percent
             * @description null while less than an hour is known
             */
            readonly worked_percent: number | null;
        };
        /**
         * Problem
         * @description RFC 9457 problem document.
         */
        readonly HTTPError: {
            /** Code */
            readonly code: string;
            /** Detail */
            readonly detail: string;
            /**
             * Errors
             * @default null
             */
            readonly errors: readonly components["schemas"]["HTTPError"]["$defs"]["FieldError"][] | null;
            /**
             * Request Id
             * @default null
             */
            readonly request_id: string | null;
            /** Status */
            readonly status: number;
            /** Title */
            readonly title: string;
            /**
             * Tries Left
             * @description Of a refused sign-in: before one has to wait
             * @default null
             */
            readonly tries_left: number | null;
            /**
             * Type
             * @example /problems/not-found
             */
            readonly type: string;
            $defs: {
                /**
                 * FieldError
                 * @description One field that cannot be used, and why.
                 */
                readonly FieldError: {
                    /** Field */
                    readonly field: string;
                    /** Message */
                    readonly message: string;
                };
            };
        };
        /**
         * ImportAnswersIn
         * @description All answers; those given before are replaced.
         */
        readonly ImportAnswersIn: {
            readonly answers: components["schemas"]["ImportAnswersIn.ImportAnswers"];
        };
        /**
         * ImportAnswers
         * @description How to read a file. What is left out is found out from the file, or asked where it can mean two things.
         */
        readonly "ImportAnswersIn.ImportAnswers": {
            /** @default null */
            readonly columns: components["schemas"]["ImportAnswersIn.ImportColumns"] | null;
            /**
             * Date Order
             * @default null
             */
            readonly date_order: ("ymd" | "dmy" | "mdy") | null;
            /**
             * Decimal Mark
             * @default null
             */
            readonly decimal_mark: ("." | ",") | null;
            /**
             * Delimiter
             * @default null
             */
            readonly delimiter: ("," | ";" | "\t" | "|") | null;
            /**
             * Direction
             * @description Which of the two a statement lists, where neither its heading nor its name tells
             * @default null
             */
            readonly direction: ("deposit" | "withdrawal") | null;
            /**
             * Header
             * @description Whether the first line names the columns
             * @default null
             */
            readonly header: boolean | null;
            /**
             * Time Zone
             * @description IANA name, UTC or an offset
             * @default null
             * @example Europe/Paris
             * @example +02:00
             */
            readonly time_zone: string | null;
        };
        /**
         * ImportColumns
         * @description Which column holds what, counted from 0. A date and an amount (or a quantity of an asset) are needed.
         */
        readonly "ImportAnswersIn.ImportColumns": {
            /**
             * Amount
             * @description In the reporting currency
             * @default null
             */
            readonly amount: number | null;
            /**
             * Asset
             * @default null
             */
            readonly asset: number | null;
            /**
             * Date
             * @default null
             */
            readonly date: number | null;
            /**
             * Note
             * @default null
             */
            readonly note: number | null;
            /**
             * Quantity
             * @description Of the asset, valued at the price of its minute
             * @default null
             */
            readonly quantity: number | null;
            /**
             * Time
             * @default null
             */
            readonly time: number | null;
            /**
             * Type
             * @description Deposit or withdrawal; without it the sign tells
             * @default null
             */
            readonly type: number | null;
        };
        /**
         * ImportChangedOut
         * @description An import as it stands, and whether its effect on the returns is being computed.
         */
        readonly ImportChangedOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["ImportChangedOut.ImportOut"];
            /** Recomputing */
            readonly recomputing: boolean;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * ImportOut
         * @description A file and what was done with it. Counts of lines are null before it is written.
         */
        readonly "ImportChangedOut.ImportOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /** Committed At */
            readonly committed_at: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * First At
             * @description The earliest cash flow written
             */
            readonly first_at: string | null;
            /** Id */
            readonly id: number;
            /**
             * Ignored
             * @description Lines of a statement that move nothing
             */
            readonly ignored: number | null;
            /**
             * Kept
             * @description Cash flows that the undo left, since their figures were changed by hand
             */
            readonly kept: number;
            /**
             * Kind
             * @description statement: exports of the exchange, for the ledger; values: snapshots of another program
             * @enum {string}
             */
            readonly kind: "cash_flows" | "statement" | "values";
            /** Known */
            readonly known: number | null;
            /** Last At */
            readonly last_at: string | null;
            /** Name */
            readonly name: string;
            /** Refused */
            readonly refused: number | null;
            /**
             * Removed
             * @description Cash flows, or lines of a statement, that the undo took back
             */
            readonly removed: number;
            /**
             * State
             * @enum {string}
             */
            readonly state: "preview" | "committed" | "undone";
            /** Undone At */
            readonly undone_at: string | null;
            /** Written */
            readonly written: number | null;
        };
        /**
         * ImportCoverageOut
         * @description Every history of every account; empty before an import has begun.
         */
        readonly ImportCoverageOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ImportCoverageOut.SourceCoverageOut"][];
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * CoverageGapOut
         * @description A stretch of time of which nothing is known; `to` null: up to now.
         */
        readonly "ImportCoverageOut.CoverageGapOut": {
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * Reason
             * @enum {string}
             */
            readonly reason: "not_read" | "beyond_horizon" | "not_readable";
            /** To */
            readonly to: string | null;
        };
        /**
         * FileCoverageOut
         * @description A stretch that exports of the exchange tell, in whole days.
         */
        readonly "ImportCoverageOut.FileCoverageOut": {
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
        };
        /**
         * SourceCoverageOut
         * @description One history of one account.
         */
        readonly "ImportCoverageOut.SourceCoverageOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Complete
             * @description Known since the account's first event, from the exchange or from its exports
             */
            readonly complete: boolean;
            /**
             * Files
             * @description What imported exports tell of this history
             */
            readonly files: readonly components["schemas"]["ImportCoverageOut.FileCoverageOut"][];
            /**
             * From
             * @description Read from here; null: never
             */
            readonly from: string | null;
            /**
             * Gaps
             * @description Neither read nor told by a file
             */
            readonly gaps: readonly components["schemas"]["ImportCoverageOut.CoverageGapOut"][];
            /**
             * Horizon
             * @description The exchange tells nothing from before; null: no such end is known
             */
            readonly horizon: string | null;
            /**
             * Reason
             * @description beyond_horizon: only a file of the exchange's can fill it; not_readable: the key may not see it
             */
            readonly reason: ("not_read" | "beyond_horizon" | "not_readable") | null;
            /**
             * Source
             * @example deposit
             * @example trade
             * @example convert
             * @example p2p
             */
            readonly source: string;
            /** Until */
            readonly until: string | null;
        };
        /**
         * ImportIn
         * @description A file, decoded to text, or as it is; a zip may hold several exports of the exchange.
         */
        readonly ImportIn: {
            /**
             * Account
             * @default null
             */
            readonly account: number | null;
            /**
             * @default {
             *       "delimiter": null,
             *       "header": null,
             *       "columns": null,
             *       "decimal_mark": null,
             *       "date_order": null,
             *       "time_zone": null,
             *       "direction": null
             *     }
             */
            readonly answers: components["schemas"]["ImportIn.ImportAnswers"];
            /**
             * Content
             * @description CSV, at most 200,000 lines
             * @default
             */
            readonly content: string;
            /**
             * Content Base64
             * @description A CSV or a zip of several, base64; instead of `content`
             * @default
             */
            readonly content_base64: string;
            /**
             * Name
             * @example deposits.csv
             */
            readonly name: string;
        };
        /**
         * ImportAnswers
         * @description How to read a file. What is left out is found out from the file, or asked where it can mean two things.
         */
        readonly "ImportIn.ImportAnswers": {
            /** @default null */
            readonly columns: components["schemas"]["ImportIn.ImportColumns"] | null;
            /**
             * Date Order
             * @default null
             */
            readonly date_order: ("ymd" | "dmy" | "mdy") | null;
            /**
             * Decimal Mark
             * @default null
             */
            readonly decimal_mark: ("." | ",") | null;
            /**
             * Delimiter
             * @default null
             */
            readonly delimiter: ("," | ";" | "\t" | "|") | null;
            /**
             * Direction
             * @description Which of the two a statement lists, where neither its heading nor its name tells
             * @default null
             */
            readonly direction: ("deposit" | "withdrawal") | null;
            /**
             * Header
             * @description Whether the first line names the columns
             * @default null
             */
            readonly header: boolean | null;
            /**
             * Time Zone
             * @description IANA name, UTC or an offset
             * @default null
             * @example Europe/Paris
             * @example +02:00
             */
            readonly time_zone: string | null;
        };
        /**
         * ImportColumns
         * @description Which column holds what, counted from 0. A date and an amount (or a quantity of an asset) are needed.
         */
        readonly "ImportIn.ImportColumns": {
            /**
             * Amount
             * @description In the reporting currency
             * @default null
             */
            readonly amount: number | null;
            /**
             * Asset
             * @default null
             */
            readonly asset: number | null;
            /**
             * Date
             * @default null
             */
            readonly date: number | null;
            /**
             * Note
             * @default null
             */
            readonly note: number | null;
            /**
             * Quantity
             * @description Of the asset, valued at the price of its minute
             * @default null
             */
            readonly quantity: number | null;
            /**
             * Time
             * @default null
             */
            readonly time: number | null;
            /**
             * Type
             * @description Deposit or withdrawal; without it the sign tells
             * @default null
             */
            readonly type: number | null;
        };
        /**
         * ImportLinesOut
         * @description A page of the lines of a draft.
         */
        readonly ImportLinesOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ImportLinesOut.ImportLineOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * ImportLineOut
         * @description A line of the file as read: what a commit would do with it.
         */
        readonly "ImportLinesOut.ImportLineOut": {
            /**
             * Amount Usd
             * @description Negative = out; null where it follows from a price
             */
            readonly amount_usd: string | null;
            /** Asset */
            readonly asset: string | null;
            /** Description */
            readonly description: string;
            /**
             * Detail
             * @description The text that is to blame
             */
            readonly detail: string;
            /**
             * Event
             * @description Of a statement: the kind of event of the ledger that the line tells of
             */
            readonly event: string | null;
            /**
             * File
             * @description The file it stands in; empty where there is only one
             */
            readonly file: string;
            /**
             * Moves
             * @description Of a statement: what it changes; empty of cash flows
             */
            readonly moves: readonly components["schemas"]["ImportLinesOut.ImportMoveOut"][];
            /**
             * N
             * @description Line of the file, from 1
             */
            readonly n: number;
            /**
             * Position
             * @description Numbers the lines of all files of the import
             */
            readonly position: number;
            /** Quantity */
            readonly quantity: string | null;
            /**
             * Reason
             * @description Why a line is refused: date_missing, date_unreadable, date_order_needed, time_zone_needed, time_skipped, too_old, before_history, future, amount_missing, number_unreadable, decimal_mark_needed, number_too_long, zero, other_currency, asset_missing, asset_unreadable, units_differ, type_unknown, sign_against_type, note_too_long, quote_not_closed, quote_misplaced, cell_too_long; of a statement also operation_unknown, status_unknown, form_unknown, counterpart_missing, legs_ambiguous, pair_unreadable, cells_missing, direction_needed. Why it is ignored: own_move, moves_nothing, not_completed
             */
            readonly reason: string | null;
            /**
             * State
             * @description known: the account has as many equal cash flows already
             * @enum {string}
             */
            readonly state: "new" | "known" | "error" | "ignored";
            /** Timestamp */
            readonly timestamp: string | null;
            /** Type */
            readonly type: ("DEPOSIT" | "WITHDRAW") | null;
        };
        /**
         * ImportMoveOut
         * @description What a line of a statement changes of one asset; negative = out.
         */
        readonly "ImportLinesOut.ImportMoveOut": {
            /** Asset */
            readonly asset: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
        };
        /**
         * ImportPreviewOut
         * @description What a commit would write. Of a finished import no lines but those that were refused are left.
         */
        readonly ImportPreviewOut: {
            /** @description As in use: given, or found out from the file */
            readonly answers: components["schemas"]["ImportPreviewOut.ImportAnswers"];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Columns */
            readonly columns: readonly components["schemas"]["ImportPreviewOut.ImportColumnOut"][];
            /**
             * Complete
             * @description Every question is answered
             */
            readonly complete: boolean;
            readonly counts: components["schemas"]["ImportPreviewOut.ImportCountsOut"];
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Import Id */
            readonly import_id: number;
            readonly item: components["schemas"]["ImportPreviewOut.ImportOut"];
            /** Lines */
            readonly lines: readonly components["schemas"]["ImportPreviewOut.ImportLineOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /** Questions */
            readonly questions: readonly components["schemas"]["ImportPreviewOut.ImportQuestionOut"][];
            /** @description Null before the commit, and where nothing was refused */
            readonly refused: components["schemas"]["ImportPreviewOut.RefusedOut"] | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * ImportAnswers
         * @description How to read a file. What is left out is found out from the file, or asked where it can mean two things.
         */
        readonly "ImportPreviewOut.ImportAnswers": {
            /** @default null */
            readonly columns: components["schemas"]["ImportPreviewOut.ImportColumns"] | null;
            /**
             * Date Order
             * @default null
             */
            readonly date_order: ("ymd" | "dmy" | "mdy") | null;
            /**
             * Decimal Mark
             * @default null
             */
            readonly decimal_mark: ("." | ",") | null;
            /**
             * Delimiter
             * @default null
             */
            readonly delimiter: ("," | ";" | "\t" | "|") | null;
            /**
             * Direction
             * @description Which of the two a statement lists, where neither its heading nor its name tells
             * @default null
             */
            readonly direction: ("deposit" | "withdrawal") | null;
            /**
             * Header
             * @description Whether the first line names the columns
             * @default null
             */
            readonly header: boolean | null;
            /**
             * Time Zone
             * @description IANA name, UTC or an offset
             * @default null
             * @example Europe/Paris
             * @example +02:00
             */
            readonly time_zone: string | null;
        };
        /**
         * ImportColumnOut
         * @description A column of the file, its heading (empty without one) and its first values.
         */
        readonly "ImportPreviewOut.ImportColumnOut": {
            /** Index */
            readonly index: number;
            /** Name */
            readonly name: string;
            /** Samples */
            readonly samples: readonly string[];
        };
        /**
         * ImportColumns
         * @description Which column holds what, counted from 0. A date and an amount (or a quantity of an asset) are needed.
         */
        readonly "ImportPreviewOut.ImportColumns": {
            /**
             * Amount
             * @description In the reporting currency
             * @default null
             */
            readonly amount: number | null;
            /**
             * Asset
             * @default null
             */
            readonly asset: number | null;
            /**
             * Date
             * @default null
             */
            readonly date: number | null;
            /**
             * Note
             * @default null
             */
            readonly note: number | null;
            /**
             * Quantity
             * @description Of the asset, valued at the price of its minute
             * @default null
             */
            readonly quantity: number | null;
            /**
             * Time
             * @default null
             */
            readonly time: number | null;
            /**
             * Type
             * @description Deposit or withdrawal; without it the sign tells
             * @default null
             */
            readonly type: number | null;
        };
        /**
         * ImportCountsOut
         * @description Lines by state.
         */
        readonly "ImportPreviewOut.ImportCountsOut": {
            /** Error */
            readonly error: number;
            /** Ignored */
            readonly ignored: number;
            /** Known */
            readonly known: number;
            /** New */
            readonly new: number;
        };
        /**
         * ImportLineOut
         * @description A line of the file as read: what a commit would do with it.
         */
        readonly "ImportPreviewOut.ImportLineOut": {
            /**
             * Amount Usd
             * @description Negative = out; null where it follows from a price
             */
            readonly amount_usd: string | null;
            /** Asset */
            readonly asset: string | null;
            /** Description */
            readonly description: string;
            /**
             * Detail
             * @description The text that is to blame
             */
            readonly detail: string;
            /**
             * Event
             * @description Of a statement: the kind of event of the ledger that the line tells of
             */
            readonly event: string | null;
            /**
             * File
             * @description The file it stands in; empty where there is only one
             */
            readonly file: string;
            /**
             * Moves
             * @description Of a statement: what it changes; empty of cash flows
             */
            readonly moves: readonly components["schemas"]["ImportPreviewOut.ImportMoveOut"][];
            /**
             * N
             * @description Line of the file, from 1
             */
            readonly n: number;
            /**
             * Position
             * @description Numbers the lines of all files of the import
             */
            readonly position: number;
            /** Quantity */
            readonly quantity: string | null;
            /**
             * Reason
             * @description Why a line is refused: date_missing, date_unreadable, date_order_needed, time_zone_needed, time_skipped, too_old, before_history, future, amount_missing, number_unreadable, decimal_mark_needed, number_too_long, zero, other_currency, asset_missing, asset_unreadable, units_differ, type_unknown, sign_against_type, note_too_long, quote_not_closed, quote_misplaced, cell_too_long; of a statement also operation_unknown, status_unknown, form_unknown, counterpart_missing, legs_ambiguous, pair_unreadable, cells_missing, direction_needed. Why it is ignored: own_move, moves_nothing, not_completed
             */
            readonly reason: string | null;
            /**
             * State
             * @description known: the account has as many equal cash flows already
             * @enum {string}
             */
            readonly state: "new" | "known" | "error" | "ignored";
            /** Timestamp */
            readonly timestamp: string | null;
            /** Type */
            readonly type: ("DEPOSIT" | "WITHDRAW") | null;
        };
        /**
         * ImportMoveOut
         * @description What a line of a statement changes of one asset; negative = out.
         */
        readonly "ImportPreviewOut.ImportMoveOut": {
            /** Asset */
            readonly asset: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
        };
        /**
         * ImportOptionOut
         * @description An answer, and what the example means with it.
         */
        readonly "ImportPreviewOut.ImportOptionOut": {
            /** Reading */
            readonly reading: string;
            /** Value */
            readonly value: string;
        };
        /**
         * ImportOut
         * @description A file and what was done with it. Counts of lines are null before it is written.
         */
        readonly "ImportPreviewOut.ImportOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /** Committed At */
            readonly committed_at: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * First At
             * @description The earliest cash flow written
             */
            readonly first_at: string | null;
            /** Id */
            readonly id: number;
            /**
             * Ignored
             * @description Lines of a statement that move nothing
             */
            readonly ignored: number | null;
            /**
             * Kept
             * @description Cash flows that the undo left, since their figures were changed by hand
             */
            readonly kept: number;
            /**
             * Kind
             * @description statement: exports of the exchange, for the ledger; values: snapshots of another program
             * @enum {string}
             */
            readonly kind: "cash_flows" | "statement" | "values";
            /** Known */
            readonly known: number | null;
            /** Last At */
            readonly last_at: string | null;
            /** Name */
            readonly name: string;
            /** Refused */
            readonly refused: number | null;
            /**
             * Removed
             * @description Cash flows, or lines of a statement, that the undo took back
             */
            readonly removed: number;
            /**
             * State
             * @enum {string}
             */
            readonly state: "preview" | "committed" | "undone";
            /** Undone At */
            readonly undone_at: string | null;
            /** Written */
            readonly written: number | null;
        };
        /**
         * ImportQuestionOut
         * @description What the file does not tell; open while `answer` is null. Without options: any column or any zone.
         */
        readonly "ImportPreviewOut.ImportQuestionOut": {
            /** Answer */
            readonly answer: string | null;
            /** Example */
            readonly example: string | null;
            /**
             * Field
             * @enum {string}
             */
            readonly field: "columns" | "decimal_mark" | "date_order" | "time_zone" | "direction";
            /** Options */
            readonly options: readonly components["schemas"]["ImportPreviewOut.ImportOptionOut"][];
        };
        /**
         * RefusedLineOut
         * @description A line that was not recorded, as it stood in its file.
         */
        readonly "ImportPreviewOut.RefusedLineOut": {
            /**
             * Detail
             * @description The text that is to blame
             */
            readonly detail: string;
            /**
             * File
             * @description The file it stands in; empty where there is only one
             */
            readonly file: string;
            /**
             * N
             * @description Line of the file, from 1
             */
            readonly n: number;
            /** Position */
            readonly position: number;
            /**
             * Reason
             * @description Why a line is refused: date_missing, date_unreadable, date_order_needed, time_zone_needed, time_skipped, too_old, before_history, future, amount_missing, number_unreadable, decimal_mark_needed, number_too_long, zero, other_currency, asset_missing, asset_unreadable, units_differ, type_unknown, sign_against_type, note_too_long, quote_not_closed, quote_misplaced, cell_too_long; of a statement also operation_unknown, status_unknown, form_unknown, counterpart_missing, legs_ambiguous, pair_unreadable, cells_missing, direction_needed. Why it is ignored: own_move, moves_nothing, not_completed
             */
            readonly reason: string;
            /** Text */
            readonly text: string;
        };
        /**
         * RefusedOut
         * @description What a written import refused.
         */
        readonly "ImportPreviewOut.RefusedOut": {
            /**
             * Dismissed
             * @description The user has seen to them
             */
            readonly dismissed: boolean;
            /**
             * Lines
             * @description The first 1,000
             */
            readonly lines: readonly components["schemas"]["ImportPreviewOut.RefusedLineOut"][];
            /**
             * Not Understood
             * @description Lines of a statement of which it is not known what they moved
             */
            readonly not_understood: number;
        };
        /**
         * ImportProgressOut
         * @description Every account's import.
         */
        readonly ImportProgressOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ImportProgressOut.ImportStateOut"][];
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * ImportStateOut
         * @description The import of one account by the exchange's API.
         */
        readonly "ImportProgressOut.ImportStateOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Done
             * @description Steps done of what is read now; while computing, months of the past
             */
            readonly done: number;
            /**
             * Paused At
             * @description When it was paused (machine)
             */
            readonly paused_at: string | null;
            /**
             * Reading
             * @description What is read now, in words; empty while it rests
             * @example reading deposits
             */
            readonly reading: string;
            /**
             * Seconds Left
             * @description A forecast by the pace so far and the request limits; null: none yet
             */
            readonly seconds_left: number | null;
            /**
             * State
             * @description computing: all is read, and the past is computed from it
             * @enum {string}
             */
            readonly state: "waiting" | "running" | "paused" | "computing" | "complete";
            /**
             * Symbols Left
             * @description Pairs whose trades were not asked for yet, as far as is known
             */
            readonly symbols_left: number;
            /** Total */
            readonly total: number;
            /**
             * Windows Left
             * @description Stretches of time of all other histories that were not asked for yet
             */
            readonly windows_left: number;
        };
        /**
         * ImportsOut
         * @description A page of imports, newest first.
         */
        readonly ImportsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ImportsOut.ImportOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * ImportOut
         * @description A file and what was done with it. Counts of lines are null before it is written.
         */
        readonly "ImportsOut.ImportOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /** Committed At */
            readonly committed_at: string | null;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * First At
             * @description The earliest cash flow written
             */
            readonly first_at: string | null;
            /** Id */
            readonly id: number;
            /**
             * Ignored
             * @description Lines of a statement that move nothing
             */
            readonly ignored: number | null;
            /**
             * Kept
             * @description Cash flows that the undo left, since their figures were changed by hand
             */
            readonly kept: number;
            /**
             * Kind
             * @description statement: exports of the exchange, for the ledger; values: snapshots of another program
             * @enum {string}
             */
            readonly kind: "cash_flows" | "statement" | "values";
            /** Known */
            readonly known: number | null;
            /** Last At */
            readonly last_at: string | null;
            /** Name */
            readonly name: string;
            /** Refused */
            readonly refused: number | null;
            /**
             * Removed
             * @description Cash flows, or lines of a statement, that the undo took back
             */
            readonly removed: number;
            /**
             * State
             * @enum {string}
             */
            readonly state: "preview" | "committed" | "undone";
            /** Undone At */
            readonly undone_at: string | null;
            /** Written */
            readonly written: number | null;
        };
        /**
         * KeyIn
         * @description A key for an account, in the place of the one of its kind.
         */
        readonly KeyIn: {
            /**
             * Api Key
             * Format: password
             */
            readonly api_key: string;
            /**
             * Api Secret
             * Format: password
             * @description As Binance gave it, or a private key in PEM. It is sealed, and never told again
             */
            readonly api_secret: string;
            /**
             * Key Type
             * @default null
             */
            readonly key_type: ("hmac" | "rsa" | "ed25519") | null;
            /**
             * Kind
             * @description read: reads the account; trade: sends its orders; without one the read key does, where it may
             * @default read
             * @enum {string}
             */
            readonly kind: "read" | "trade";
        };
        /**
         * KillSwitchOut
         * @description Whether orders may be sent at all.
         */
        readonly KillSwitchOut: {
            /**
             * By
             * @description What holds it: the switch, the file in the data folder
             */
            readonly by: readonly ("switch" | "file")[];
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * In Flight
             * @description Orders that were on their way and whose answer is not there yet
             */
            readonly in_flight: number;
            /** On */
            readonly on: boolean;
            /**
             * Since
             * @description When the switch was thrown
             */
            readonly since: string | null;
        };
        /**
         * LatenciesOut
         * @description Components of which something was measured in the last hour.
         */
        readonly LatenciesOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["LatenciesOut.LatencyOut"][];
        };
        /**
         * LatencyOut
         * @description The median of what a component took in the last hour, over runs that worked.
         */
        readonly "LatenciesOut.LatencyOut": {
            /**
             * Component
             * @description exchange: one answer; collector: a refresh; snapshots: from ledger to rows
             * @enum {string}
             */
            readonly component: "exchange" | "collector" | "snapshots";
            /** Median Ms */
            readonly median_ms: number;
            /** Samples */
            readonly samples: number;
            /** Series */
            readonly series: readonly components["schemas"]["LatenciesOut.LatencyPoint"][];
            /**
             * Since
             * @description The first run of the hour (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly since: string;
        };
        /**
         * LatencyPoint
         * @description Ninety seconds of the hour.
         */
        readonly "LatenciesOut.LatencyPoint": {
            /** Ms */
            readonly ms: number;
            /**
             * T
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly t: string;
        };
        /**
         * LinesOut
         * @description Lines, newest first. Thirty days are kept, a million lines at most.
         */
        readonly LinesOut: {
            /**
             * Dropped
             * @description Lines since the start that were too many to be stored
             */
            readonly dropped: number;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["LinesOut.LineOut"][];
            /**
             * Newest Id
             * @description Ask `after` it for the lines that come next; null: ask for the newest
             */
            readonly newest_id: number | null;
            /**
             * Next Before
             * @description Ask `before` it for older lines; null: there are none
             */
            readonly next_before: number | null;
            /**
             * Source
             * @description memory: the database cannot be read; the last lines of this process, under ids of their own
             * @enum {string}
             */
            readonly source: "database" | "memory";
        };
        /**
         * LineFieldOut
         * @description A further field of a line, as text.
         */
        readonly "LinesOut.LineFieldOut": {
            /** Name */
            readonly name: string;
            /** Value */
            readonly value: string;
        };
        /**
         * LineOut
         * @description One line of the program's log. Secrets were taken out of it before it was written.
         */
        readonly "LinesOut.LineOut": {
            /** Account */
            readonly account: number | null;
            /**
             * At
             * @description When it was written (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly at: string;
            /**
             * Component
             * @enum {string}
             */
            readonly component: "web" | "collector" | "exchange" | "database" | "program" | "library";
            /** Duration Ms */
            readonly duration_ms: number | null;
            /** Event */
            readonly event: string;
            /** Fields */
            readonly fields: readonly components["schemas"]["LinesOut.LineFieldOut"][];
            /** Id */
            readonly id: number;
            /**
             * Level
             * @enum {string}
             */
            readonly level: "debug" | "info" | "warning" | "error" | "critical";
            /**
             * Request Id
             * @description The request it was written for
             */
            readonly request_id: string | null;
        };
        /**
         * LoginIn
         * @description Name and password, and the code where the second factor is on.
         */
        readonly LoginIn: {
            /**
             * Code
             * @default null
             */
            readonly code: string | null;
            /** Password */
            readonly password: string;
            /**
             * Stay
             * @description Stay signed in for seven days
             * @default false
             */
            readonly stay: boolean;
            /**
             * Username
             * @example admin
             */
            readonly username: string;
        };
        /**
         * LogsOut
         * @description Lines, newest first. A thousand of each task are kept, of good and of bad ones, for thirty days at most.
         */
        readonly LogsOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["LogsOut.LogLineOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /**
         * LogLineOut
         * @description One run of a task. A failure that goes on is told at its 1st, 2nd, 4th, 8th ... try (`numbers.tries`).
         */
        readonly "LogsOut.LogLineOut": {
            /** Account */
            readonly account: number | null;
            /**
             * At
             * @description When it was over (machine)
             * @example 2026-11-20T14:00:00Z
             */
            readonly at: string;
            /**
             * Code
             * @description A stable code of what went wrong
             */
            readonly code: string | null;
            /**
             * Detail
             * @description What went wrong, in words
             */
            readonly detail: string;
            /** Duration Ms */
            readonly duration_ms: number | null;
            /** Id */
            readonly id: number;
            /**
             * Level
             * @enum {string}
             */
            readonly level: "ok" | "run" | "retry" | "warning";
            /**
             * Numbers
             * @example {
             *       "assets": 10
             *     }
             */
            readonly numbers: {
                readonly [key: string]: number;
            };
            /**
             * Task
             * @enum {string}
             */
            readonly task: "balances" | "history" | "snapshot" | "books" | "streams" | "runs" | "keys" | "connection_test" | "demo_action";
        };
        /**
         * LotChangedOut
         * @description The lot as it stands, and whether its effect is being computed.
         */
        readonly LotChangedOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly item: components["schemas"]["LotChangedOut.LotOut"];
            /** Recomputing */
            readonly recomputing: boolean;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * LotOut
         * @description Coins that came from outside and, where the user said so, what they had cost.
         */
        readonly "LotChangedOut.LotOut": {
            /** Account */
            readonly account: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Acquired At
             * @description As entered; without it, when they came
             */
            readonly acquired_at: string | null;
            /** Asset */
            readonly asset: string;
            /**
             * Cost Status
             * @description known: bought or earned here; entered: the user said what a deposit had cost; unknown: part of it came from outside at a cost nobody has told, and counts at its market value of then
             * @enum {string}
             */
            readonly cost_status: "known" | "entered" | "unknown";
            /**
             * Cost Usd
             * @description As entered
             */
            readonly cost_usd: string | null;
            /** Id */
            readonly id: number;
            /**
             * Market Value Usd
             * @description When they came: their cost while nobody says otherwise
             */
            readonly market_value_usd: string | null;
            /** Name */
            readonly name: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Received At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly received_at: string;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * LotCostIn
         * @description What the coins had cost, all together and fees included; 0 is a cost. Without a cost it is unknown again.
         */
        readonly LotCostIn: {
            /**
             * Acquired At
             * @description ISO 8601 with zone; not after they came
             * @default null
             */
            readonly acquired_at: string | null;
            /** Cost Usd */
            readonly cost_usd: string | null;
        };
        /**
         * LotsOut
         * @description A page of coins from outside.
         */
        readonly LotsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["LotsOut.LotOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Unknown Count */
            readonly unknown_count: number | null;
        };
        /**
         * LotOut
         * @description Coins that came from outside and, where the user said so, what they had cost.
         */
        readonly "LotsOut.LotOut": {
            /** Account */
            readonly account: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Acquired At
             * @description As entered; without it, when they came
             */
            readonly acquired_at: string | null;
            /** Asset */
            readonly asset: string;
            /**
             * Cost Status
             * @description known: bought or earned here; entered: the user said what a deposit had cost; unknown: part of it came from outside at a cost nobody has told, and counts at its market value of then
             * @enum {string}
             */
            readonly cost_status: "known" | "entered" | "unknown";
            /**
             * Cost Usd
             * @description As entered
             */
            readonly cost_usd: string | null;
            /** Id */
            readonly id: number;
            /**
             * Market Value Usd
             * @description When they came: their cost while nobody says otherwise
             */
            readonly market_value_usd: string | null;
            /** Name */
            readonly name: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Received At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly received_at: string;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * MetricsOut
         * @description Profit and risk of a period that ends now: total_pnl = realized_pnl + unrealized_pnl.
         */
        readonly MetricsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            /** Closing Trades */
            readonly closing_trades: number | null;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Fees Usd
             * @description Trading fees, at the value of their time; within realized_pnl
             */
            readonly fees_usd: string | null;
            /**
             * First Trade At
             * @description Of the whole history
             */
            readonly first_trade_at: string | null;
            /**
             * Income Usd
             * @description Part of realized_pnl: rewards, interest, funding
             */
            readonly income_usd: string | null;
            /** Max Drawdown Percent */
            readonly max_drawdown_percent: number | null;
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            /**
             * Parts Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly parts_reason: string | null;
            /**
             * Parts Status
             * @description Of realised, unrealised, income, fees and the trades
             * @enum {string}
             */
            readonly parts_status: "exact" | "estimated" | "unavailable";
            /**
             * Period
             * @enum {string}
             */
            readonly period: "7d" | "14d" | "30d" | "60d" | "90d" | "180d" | "1y" | "2y" | "total";
            /**
             * Profit Factor
             * @description Sum of realised gains / sum of realised losses
             */
            readonly profit_factor: number | null;
            /**
             * Profit Factor Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly profit_factor_reason: string | null;
            /**
             * Realized Pnl
             * @description Booked in the period: trades, income, less costs
             */
            readonly realized_pnl: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Risk Reason
             * @description too_few_days: the period has fewer daily returns than are needed
             */
            readonly risk_reason: string | null;
            /**
             * Risk Status
             * @enum {string}
             */
            readonly risk_status: "exact" | "estimated" | "unavailable";
            /**
             * Roi Percent
             * @description total_pnl / (start value + deposits)
             */
            readonly roi_percent: number | null;
            /** Sharpe Ratio */
            readonly sharpe_ratio: number | null;
            /** Sortino Ratio */
            readonly sortino_ratio: number | null;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Total Pnl */
            readonly total_pnl: string | null;
            /** Trades */
            readonly trades: number | null;
            /**
             * Transferred Out Usd
             * @description Part of realized_pnl: gain of the coins that were withdrawn, less the gain of those brought in
             */
            readonly transferred_out_usd: string | null;
            /**
             * Unrealized Pnl
             * @description Change of the open profit in the period
             */
            readonly unrealized_pnl: string | null;
            /**
             * Volatility Percent
             * @description A year, from daily returns
             */
            readonly volatility_percent: number | null;
            /**
             * Win Rate
             * @description Share of closing trades with a realised gain after fees
             */
            readonly win_rate: number | null;
            /**
             * Win Rate Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly win_rate_reason: string | null;
            /** Winning Trades */
            readonly winning_trades: number | null;
        };
        /**
         * MonthlyOut
         * @description Months and the years they are of, oldest first.
         */
        readonly MonthlyOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["MonthlyOut.MonthOut"][];
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Years */
            readonly years: readonly components["schemas"]["MonthlyOut.YearOut"][];
        };
        /**
         * MonthOut
         * @description One calendar month; one without a snapshot has no figures and says so.
         */
        readonly "MonthlyOut.MonthOut": {
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /**
             * Complete
             * @description It is over, and known from its first instant to its last
             */
            readonly complete: boolean;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /**
             * Month
             * @example 2026-11
             */
            readonly month: string;
            /** Net Flows Usd */
            readonly net_flows_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Twr Percent */
            readonly twr_percent: number | null;
        };
        /**
         * YearOut
         * @description One calendar year, all of it, whichever of its months are told.
         */
        readonly "MonthlyOut.YearOut": {
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /**
             * Complete
             * @description It is over, and known from its first instant to its last
             */
            readonly complete: boolean;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /** Net Flows Usd */
            readonly net_flows_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Twr Percent */
            readonly twr_percent: number | null;
            /**
             * Year
             * @example 2026
             */
            readonly year: number;
        };
        /**
         * NavOut
         * @description Net asset value, and the older formula spot + futures beside it.
         */
        readonly NavOut: {
            /** Absent Wallets */
            readonly absent_wallets: readonly components["schemas"]["NavOut.AbsentWalletOut"][];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Nav */
            readonly nav: string | null;
            /** Nav Spot Futures */
            readonly nav_spot_futures: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Unknown Wallets */
            readonly unknown_wallets: readonly ("spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements")[];
            /** Wallets */
            readonly wallets: readonly components["schemas"]["NavOut.WalletOut"][];
        };
        /**
         * AbsentWalletOut
         * @description A wallet that holds nothing as far as the account's key can see. That is no failure.
         */
        readonly "NavOut.AbsentWalletOut": {
            /** Account */
            readonly account: number;
            /**
             * Reason
             * @enum {string}
             */
            readonly reason: "not_here" | "no_right" | "not_opened";
            /**
             * Wallet
             * @enum {string}
             */
            readonly wallet: "spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements";
        };
        /**
         * WalletOut
         * @description Value of one wallet of one account.
         */
        readonly "NavOut.WalletOut": {
            /** Account */
            readonly account: number;
            /**
             * As Of
             * @description When it was read, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Complete
             * @description It was read, and all of it has a price
             */
            readonly complete: boolean;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Value Usd
             * @description Null while it was never read
             */
            readonly value_usd: string | null;
            /**
             * Wallet
             * @enum {string}
             */
            readonly wallet: "spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements";
        };
        /**
         * OverviewOut
         * @description How much there is, and whether it works.
         */
        readonly OverviewOut: {
            /** Accounts */
            readonly accounts: readonly components["schemas"]["OverviewOut.AccountShareOut"][];
            /**
             * Alerts Unread
             * @description Alerts of this environment that nobody has read yet
             */
            readonly alerts_unread: number;
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Assets */
            readonly assets: number;
            /** Attention */
            readonly attention: readonly components["schemas"]["OverviewOut.AttentionOut"][];
            /**
             * Benchmark Value Usd
             * @description The same money in the benchmark
             */
            readonly benchmark_value_usd: string | null;
            /** Change Today Percent */
            readonly change_today_percent: number | null;
            /**
             * Change Today Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly change_today_reason: string | null;
            /** Change Today Since */
            readonly change_today_since: string | null;
            /**
             * Change Today Status
             * @enum {string}
             */
            readonly change_today_status: "exact" | "estimated" | "unavailable";
            /** Change Today Usd */
            readonly change_today_usd: string | null;
            /** Complete */
            readonly complete: boolean;
            /** Display Time Zone */
            readonly display_time_zone: string;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** First Flow At */
            readonly first_flow_at: string | null;
            /**
             * Freshness
             * @description stale after 2, unknown after 10 intervals
             * @enum {string}
             */
            readonly freshness: "fresh" | "stale" | "unknown";
            /**
             * Net Deposits Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly net_deposits_reason: string | null;
            /**
             * Net Deposits Status
             * @enum {string}
             */
            readonly net_deposits_status: "exact" | "estimated" | "unavailable";
            /** Net Deposits Usd */
            readonly net_deposits_usd: string | null;
            /** Net Flow Today Usd */
            readonly net_flow_today_usd: string | null;
            /** Open Positions */
            readonly open_positions: number | null;
            /**
             * Pnl Parts Reason
             * @description Why realised or unrealised profit is not known, or an estimate
             */
            readonly pnl_parts_reason: string | null;
            /**
             * Pnl Parts Status
             * @description Of realised and unrealised profit; their sum may be exact
             * @enum {string}
             */
            readonly pnl_parts_status: "exact" | "estimated" | "unavailable";
            /**
             * Pnl Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly pnl_reason: string | null;
            /**
             * Pnl Status
             * @enum {string}
             */
            readonly pnl_status: "exact" | "estimated" | "unavailable";
            /** Realized Pnl Usd */
            readonly realized_pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Refreshed At */
            readonly refreshed_at: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            readonly sync: components["schemas"]["OverviewOut.SyncOut"];
            /** Total Pnl Usd */
            readonly total_pnl_usd: string | null;
            /** Total Value Usd */
            readonly total_value_usd: string | null;
            /**
             * Unknown Cost Assets
             * @description Coins that came from outside at a cost that nobody told: the parts of the profit rest on their market value of then
             */
            readonly unknown_cost_assets: readonly string[];
            /** Unknown Wallets */
            readonly unknown_wallets: readonly ("spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements")[];
            /** Unpriced */
            readonly unpriced: readonly string[];
            /** Unrealized Pnl Usd */
            readonly unrealized_pnl_usd: string | null;
            /** Version */
            readonly version: string;
            /** Wallets */
            readonly wallets: readonly components["schemas"]["OverviewOut.WalletOut"][];
        };
        /**
         * AccountShareOut
         * @description One account's part of the whole.
         */
        readonly "OverviewOut.AccountShareOut": {
            /** As Of */
            readonly as_of: string | null;
            /** Complete */
            readonly complete: boolean;
            /**
             * Has Key
             * @description False: nobody can ask for it, it lives from statements
             */
            readonly has_key: boolean;
            /** Id */
            readonly id: number;
            /** Name */
            readonly name: string;
            /** Percentage */
            readonly percentage: number | null;
            /** Refreshed At */
            readonly refreshed_at: string | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * AttentionOut
         * @description Something that waits for the user; `kind` names the text, `params` fill it.
         */
        readonly "OverviewOut.AttentionOut": {
            /** Href */
            readonly href: string;
            /** Kind */
            readonly kind: string;
            /** Params */
            readonly params: {
                readonly [key: string]: unknown;
            };
            /**
             * Severity
             * @enum {string}
             */
            readonly severity: "danger" | "warn" | "info";
        };
        /**
         * ImportProgressOut
         * @description How far the history has been read.
         */
        readonly "OverviewOut.ImportProgressOut": {
            /** Detail */
            readonly detail: string;
            /** Done */
            readonly done: number;
            /** Total */
            readonly total: number;
        };
        /**
         * StreamsOut
         * @description The exchange's streams, all as one. Instants are on this machine's clock.
         */
        readonly "OverviewOut.StreamsOut": {
            /**
             * Detail
             * @description Why they are not live
             */
            readonly detail: string;
            /**
             * Last Message At
             * @description Last word of the exchange (machine)
             */
            readonly last_message_at: string | null;
            /** Reconnects */
            readonly reconnects: number;
            /**
             * Since
             * @description In this state since (machine)
             */
            readonly since: string | null;
            /**
             * State
             * @enum {string}
             */
            readonly state: "live" | "reconnecting" | "off";
        };
        /**
         * SyncOut
         * @description How fresh everything is. Instants `*_at` marked (machine) are on this machine's clock, for ages.
         */
        readonly "OverviewOut.SyncOut": {
            /** Accounts Ok */
            readonly accounts_ok: number;
            /** Accounts Total */
            readonly accounts_total: number;
            /** Api Response Time Ms */
            readonly api_response_time_ms: number | null;
            /**
             * Balances At
             * @description As of (exchange)
             */
            readonly balances_at: string | null;
            /** Error */
            readonly error: string | null;
            readonly import_progress: components["schemas"]["OverviewOut.ImportProgressOut"] | null;
            /** Interval S */
            readonly interval_s: number;
            /** Last Snapshot At */
            readonly last_snapshot_at: string | null;
            /** Next Snapshot At */
            readonly next_snapshot_at: string | null;
            /**
             * Prices At
             * @description As of (exchange)
             */
            readonly prices_at: string | null;
            /**
             * Refreshed At
             * @description Last good refresh (machine)
             */
            readonly refreshed_at: string | null;
            /** Snapshot Interval S */
            readonly snapshot_interval_s: number;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "healthy" | "degraded" | "failing" | "starting";
            readonly streams: components["schemas"]["OverviewOut.StreamsOut"];
            /** Weight Limit */
            readonly weight_limit: number | null;
            /** Weight Used */
            readonly weight_used: number | null;
        };
        /**
         * WalletOut
         * @description Value of one wallet of one account.
         */
        readonly "OverviewOut.WalletOut": {
            /** Account */
            readonly account: number;
            /**
             * As Of
             * @description When it was read, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Complete
             * @description It was read, and all of it has a price
             */
            readonly complete: boolean;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Value Usd
             * @description Null while it was never read
             */
            readonly value_usd: string | null;
            /**
             * Wallet
             * @enum {string}
             */
            readonly wallet: "spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements";
        };
        /**
         * PasswordIn
         * @description The present password and the one to come.
         */
        readonly PasswordIn: {
            /** Current Password */
            readonly current_password: string;
            /**
             * New Password
             * @description At least 12 characters
             */
            readonly new_password: string;
        };
        /**
         * PauseIn
         * @description Whether automatic runs are to rest.
         */
        readonly PauseIn: {
            /**
             * Paused
             * @description True: none begins, on any account of the environment
             */
            readonly paused: boolean;
        };
        /**
         * PlanIn
         * @description What to plan; what is left out is as the settings and the targets say.
         */
        readonly PlanIn: {
            /**
             * Account
             * @description May be left out where there is one
             * @default null
             */
            readonly account: number | null;
            /**
             * Allocations
             * @description Other targets than those set, for this plan
             * @default null
             */
            readonly allocations: {
                readonly [key: string]: number;
            } | null;
            /**
             * Amount Usd
             * @description New money to be put in, or money to be raised (sell_only), in the reporting currency
             * @default null
             */
            readonly amount_usd: string | null;
            /**
             * Mode
             * @default null
             */
            readonly mode: ("full" | "buy_only" | "sell_only") | null;
        };
        /**
         * PlanOut
         * @description What would be traded. Nothing is sent by making a plan.
         */
        readonly PlanOut: {
            /** Account */
            readonly account: number;
            /** Account Name */
            readonly account_name: string;
            /** Allocations */
            readonly allocations: {
                readonly [key: string]: number;
            };
            /** Amount Usd */
            readonly amount_usd: string | null;
            /**
             * As Of
             * @description Of the balances
             * @example 2026-11-20T14:00:00Z
             */
            readonly as_of: string;
            /** Base Asset */
            readonly base_asset: string;
            /** Blocked */
            readonly blocked: readonly components["schemas"]["PlanOut.BlockedOut"][];
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /** Environment */
            readonly environment: string;
            /** Executable */
            readonly executable: boolean;
            /** Executed */
            readonly executed: boolean;
            /** Expired */
            readonly expired: boolean;
            /**
             * Expires At
             * @description It cannot be executed any more then
             * @example 2026-11-20T14:00:00Z
             */
            readonly expires_at: string;
            /**
             * Hash
             * @description SHA-256 of the plan as it is stored; executing names it
             */
            readonly hash: string;
            /**
             * Lines
             * @description Sells first, then buys, then what is skipped
             */
            readonly lines: readonly components["schemas"]["PlanOut.PlanLineOut"][];
            /**
             * Mode
             * @enum {string}
             */
            readonly mode: "full" | "buy_only" | "sell_only";
            /** Not Tradable */
            readonly not_tradable: readonly components["schemas"]["PlanOut.UntradableOut"][];
            /** Plan Id */
            readonly plan_id: string;
            /**
             * Prices At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly prices_at: string;
            readonly rank_filter: components["schemas"]["PlanOut.RankFilterOut"];
            /** Reporting Currency */
            readonly reporting_currency: string;
            readonly totals: components["schemas"]["PlanOut.PlanTotalsOut"];
        };
        /**
         * BlockedOut
         * @description Why a plan may be looked at and not be executed.
         */
        readonly "PlanOut.BlockedOut": {
            /** Code */
            readonly code: string;
            /** Detail */
            readonly detail: string;
        };
        /**
         * PlanHopOut
         * @description One market order on the way of a line.
         */
        readonly "PlanOut.PlanHopOut": {
            /**
             * Fee In Bnb
             * @description Paid in BNB with its discount; else taken from what is received
             */
            readonly fee_in_bnb: boolean;
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /**
             * Notional
             * @description In the quote asset of the pair
             * @example 0.5
             */
            readonly notional: string;
            /**
             * Price
             * @description In the quote asset of the pair, as it is offered now
             * @example 0.5
             */
            readonly price: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Side
             * @enum {string}
             */
            readonly side: "BUY" | "SELL";
            /** Symbol */
            readonly symbol: string;
        };
        /**
         * PlanLineOut
         * @description An asset: orders that serve it, or why there are none.
         */
        readonly "PlanOut.PlanLineOut": {
            /**
             * Action
             * @enum {string}
             */
            readonly action: "SELL" | "BUY" | "SKIP";
            /**
             * Against
             * @description What it is sold for or bought with; null on skipped lines
             */
            readonly against: string | null;
            /** Asset */
            readonly asset: string;
            /** Est Price */
            readonly est_price: string | null;
            /** Fee Usd */
            readonly fee_usd: string | null;
            /** N */
            readonly n: number;
            /** Notional Usd */
            readonly notional_usd: string | null;
            /**
             * Quantity
             * @description Of the asset: what is sold, or what arrives
             */
            readonly quantity: string | null;
            /**
             * Realized Pnl Reason
             * @description Why a sale's profit is unknown, or an estimate
             */
            readonly realized_pnl_reason: string | null;
            /**
             * Realized Pnl Usd
             * @description What the sale would realise at average cost, after its fees; null on buys, or unknown
             */
            readonly realized_pnl_usd: string | null;
            /**
             * Reason
             * @description Why it is skipped: a stable code
             */
            readonly reason: string | null;
            /**
             * Reason Params
             * @description The numbers that caused it
             */
            readonly reason_params: {
                readonly [key: string]: string;
            };
            /** Route */
            readonly route: readonly components["schemas"]["PlanOut.PlanHopOut"][];
            /** Spread Usd */
            readonly spread_usd: string | null;
            /** Target */
            readonly target: number | null;
            /** Weight After */
            readonly weight_after: number | null;
            /** Weight Before */
            readonly weight_before: number | null;
            /**
             * Wished Usd
             * @description What would move without any filter
             * @example 1250.45
             */
            readonly wished_usd: string;
        };
        /**
         * PlanTotalsOut
         * @description Sums of a plan.
         */
        readonly "PlanOut.PlanTotalsOut": {
            /**
             * Buys
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly buys: string;
            /**
             * Fees Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fees_usd: string;
            /**
             * Max Drift After
             * @description A fraction: 0.25 is 25 %
             */
            readonly max_drift_after: number;
            /**
             * Minimum Usd
             * @description What is worth less is not traded
             * @example 1250.45
             */
            readonly minimum_usd: string;
            /** Orders */
            readonly orders: number;
            /**
             * Portfolio Usd
             * @description Worth of all that takes part
             * @example 1250.45
             */
            readonly portfolio_usd: string;
            /**
             * Realized Pnl Reason
             * @description Why it is unknown, or an estimate
             */
            readonly realized_pnl_reason: string | null;
            /**
             * Realized Pnl Usd
             * @description Null where that of any sale is unknown
             */
            readonly realized_pnl_usd: string | null;
            /**
             * Sells
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly sells: string;
            /**
             * Spread Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly spread_usd: string;
            /**
             * Turnover Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly turnover_percent: number;
        };
        /**
         * RankFilterOut
         * @description The filter by rank of CoinMarketCap.
         */
        readonly "PlanOut.RankFilterOut": {
            /**
             * Ambiguous
             * @description Coins of which the ranks do not say which of several they are
             */
            readonly ambiguous: readonly string[];
            /**
             * As Of
             * @description When the ranks were read, on this machine's clock
             */
            readonly as_of: string | null;
            /** Max Rank */
            readonly max_rank: number | null;
            /**
             * State
             * @enum {string}
             */
            readonly state: "off" | "on" | "no_key" | "unavailable";
        };
        /**
         * UntradableOut
         * @description Coins that count in the weights and are never sold: they are not free in the spot wallet.
         */
        readonly "PlanOut.UntradableOut": {
            /** Asset */
            readonly asset: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /** Value Usd */
            readonly value_usd: string | null;
            /** Wallet */
            readonly wallet: string;
        };
        /**
         * PnlBySymbolOut
         * @description Largest total first.
         */
        readonly PnlBySymbolOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["PnlBySymbolOut.SymbolPnlOut"][];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            /**
             * Period
             * @enum {string}
             */
            readonly period: "7d" | "14d" | "30d" | "60d" | "90d" | "180d" | "1y" | "2y" | "total";
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Start
             * @description null: the whole history, or accounts that begin at other instants
             */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            readonly totals: components["schemas"]["PnlBySymbolOut.PnlTotalsOut"];
        };
        /**
         * PnlTotalsOut
         * @description Sums over all items.
         */
        readonly "PnlBySymbolOut.PnlTotalsOut": {
            /** Fees Usd */
            readonly fees_usd: string | null;
            /** Realized Pnl */
            readonly realized_pnl: string | null;
            /** Total Pnl */
            readonly total_pnl: string | null;
            /** Unrealized Pnl */
            readonly unrealized_pnl: string | null;
        };
        /**
         * SymbolPnlOut
         * @description Profit of one coin or contract in the period: total_pnl = realized_pnl + unrealized_pnl.
         */
        readonly "PnlBySymbolOut.SymbolPnlOut": {
            /** Asset */
            readonly asset: string;
            /** Closing Trades */
            readonly closing_trades: number;
            /** Fees Usd */
            readonly fees_usd: string | null;
            /** Income Usd */
            readonly income_usd: string | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "spot" | "futures";
            /** Name */
            readonly name: string;
            /**
             * Realized Pnl
             * @description Trades, income and transferred-out gain, less costs
             */
            readonly realized_pnl: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Symbol */
            readonly symbol: string;
            /** Total Pnl */
            readonly total_pnl: string | null;
            /** Trades */
            readonly trades: number;
            /** Transferred Out Usd */
            readonly transferred_out_usd: string | null;
            /**
             * Unrealized Pnl
             * @description Change of the open profit in the period
             */
            readonly unrealized_pnl: string | null;
            /**
             * Win Rate
             * @description Null where no trade closed anything
             */
            readonly win_rate: number | null;
        };
        /**
         * PnlOut
         * @description Profit of one window; `status` and `reason` are those of the profit: it is known after a total loss too.
         */
        readonly PnlOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Net Flows Usd */
            readonly net_flows_usd: string | null;
            /**
             * Pnl Percent
             * @description pnl / (start value + deposits of the period)
             */
            readonly pnl_percent: number | null;
            /**
             * Pnl Percent Reason
             * @description Why there is none
             */
            readonly pnl_percent_reason: string | null;
            /** Pnl Usd */
            readonly pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /** Start Value Usd */
            readonly start_value_usd: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * PositionsOut
         * @description A page of positions.
         */
        readonly PositionsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Closed Count */
            readonly closed_count: number | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["PositionsOut.PositionOut"][];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            /** Next Cursor */
            readonly next_cursor: string | null;
            /** Open Count */
            readonly open_count: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * PositionOut
         * @description What is held of a coin or contract, or what once was, from the first coin to the last.
         */
        readonly "PositionsOut.PositionOut": {
            /** Account */
            readonly account: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Asset
             * @example BTC
             */
            readonly asset: string;
            /** Close Time */
            readonly close_time: string | null;
            /**
             * Cost Status
             * @description known: bought or earned here; entered: the user said what a deposit had cost; unknown: part of it came from outside at a cost nobody has told, and counts at its market value of then
             * @enum {string}
             */
            readonly cost_status: "known" | "entered" | "unknown";
            /** Cost Usd */
            readonly cost_usd: string | null;
            /** Current Price */
            readonly current_price: string | null;
            /**
             * Entry Price
             * @description Cost a coin; of a closed position over all that came in
             */
            readonly entry_price: string | null;
            /**
             * Exit Price
             * @description Proceeds a coin over all sales so far
             */
            readonly exit_price: string | null;
            /**
             * Fees Usd
             * @description Of its trades, at the value of their time
             */
            readonly fees_usd: string | null;
            /**
             * Figures Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly figures_reason: string | null;
            /**
             * Figures Status
             * @enum {string}
             */
            readonly figures_status: "exact" | "estimated" | "unavailable";
            /**
             * Id
             * @description Stays the same as long as the history behind it does
             */
            readonly id: string;
            /**
             * Income Usd
             * @description Rewards, interest and, of futures, funding received
             */
            readonly income_usd: string | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "spot" | "futures";
            /**
             * Name
             * @example Bitcoin
             */
            readonly name: string;
            /** Open Time */
            readonly open_time: string | null;
            /**
             * Pnl
             * @description Open: unrealised profit; closed: realised
             */
            readonly pnl: string | null;
            /**
             * Pnl Percent
             * @description pnl / cost
             */
            readonly pnl_percent: number | null;
            /**
             * Quantity
             * @description Held; of a closed position all that ever came in
             */
            readonly quantity: string | null;
            /**
             * Realized Pnl
             * @description Since it was opened, after fees
             */
            readonly realized_pnl: string | null;
            /**
             * Side
             * @enum {string}
             */
            readonly side: "LONG" | "SHORT";
            /**
             * Status
             * @enum {string}
             */
            readonly status: "open" | "closed";
            /**
             * Symbol
             * @example BTCUSDT
             */
            readonly symbol: string;
            /** Trades */
            readonly trades: number;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * ReadIn
         * @description Which alerts were read: some, or all up to one.
         */
        readonly ReadIn: {
            /**
             * Ids
             * @default null
             */
            readonly ids: readonly number[] | null;
            /**
             * Up To
             * @default null
             */
            readonly up_to: number | null;
        };
        /**
         * ReadOut
         * @description What is left.
         */
        readonly ReadOut: {
            /** Unread */
            readonly unread: number;
        };
        /**
         * RebalancingSettingsIn
         * @description What is to be set; what is left out stays as it is.
         */
        readonly RebalancingSettingsIn: {
            /**
             * Base Asset
             * @description Null: the reporting currency
             * @default null
             */
            readonly base_asset: string | null;
            /**
             * Coin Ids
             * @description Which coin of CoinMarketCap an asset is: its id there
             * @default {}
             */
            readonly coin_ids: {
                readonly [key: string]: number;
            };
            /**
             * Cooldown Hours
             * @default 6
             */
            readonly cooldown_hours: number;
            /**
             * Dry Run
             * @description Runs place no orders
             * @default true
             */
            readonly dry_run: boolean;
            /**
             * Excluded
             * @default []
             */
            readonly excluded: readonly string[];
            /**
             * Interval Hours
             * @default 24
             */
            readonly interval_hours: number;
            /** @default null */
            readonly limits: components["schemas"]["RebalancingSettingsIn.LimitsIn"] | null;
            /**
             * Max Rank
             * @description Null: no filter
             * @default null
             */
            readonly max_rank: number | null;
            /**
             * Max Turnover Percent
             * @default null
             */
            readonly max_turnover_percent: number | null;
            /**
             * Min Trade Percent
             * @default 0.5
             */
            readonly min_trade_percent: number;
            /**
             * Min Trade Usd
             * @default 0
             * @example 150
             */
            readonly min_trade_usd: string;
            /**
             * Mode
             * @default full
             * @enum {string}
             */
            readonly mode: "full" | "buy_only" | "sell_only";
            /**
             * Only Held
             * @default false
             */
            readonly only_held: boolean;
            /**
             * Protected
             * @default {}
             */
            readonly protected: {
                readonly [key: string]: string;
            };
            /**
             * Sell Untargeted
             * @default false
             */
            readonly sell_untargeted: boolean;
            /**
             * Settle Minutes
             * @default 30
             */
            readonly settle_minutes: number;
            /**
             * Strategy
             * @default manual
             * @enum {string}
             */
            readonly strategy: "manual" | "periodic" | "threshold";
            /**
             * Threshold Percent
             * @default 5
             */
            readonly threshold_percent: number;
        };
        /**
         * LimitsIn
         * @description What no run may go beyond, to be set; what is left out stays as it is, null lifts a limit.
         */
        readonly "RebalancingSettingsIn.LimitsIn": {
            /**
             * Max Share Percent
             * @description Of the portfolio, for one trade
             * @default null
             */
            readonly max_share_percent: number | null;
            /**
             * Max Slippage Percent
             * @description How much worse than planned a fill may be
             * @default 0.5
             */
            readonly max_slippage_percent: number;
            /**
             * Per Day Usd
             * @default null
             */
            readonly per_day_usd: string | null;
            /**
             * Per Run Usd
             * @default null
             */
            readonly per_run_usd: string | null;
            /**
             * Per Trade Usd
             * @default null
             */
            readonly per_trade_usd: string | null;
            /**
             * Symbols
             * @description The only pairs to be traded
             * @default null
             */
            readonly symbols: readonly string[] | null;
        };
        /**
         * RebalancingSettingsOut
         * @description How an account is rebalanced.
         */
        readonly RebalancingSettingsOut: {
            /**
             * Account
             * @description Null: the settings of all accounts that have none of their own
             */
            readonly account: number | null;
            /** Base Asset */
            readonly base_asset: string;
            /** Coin Ids */
            readonly coin_ids: {
                readonly [key: string]: number;
            };
            /** Cooldown Hours */
            readonly cooldown_hours: number;
            /** Dry Run */
            readonly dry_run: boolean;
            /** Environment */
            readonly environment: string;
            /** Excluded */
            readonly excluded: readonly string[];
            /** Interval Hours */
            readonly interval_hours: number;
            readonly limits: components["schemas"]["RebalancingSettingsOut.LimitsOut"];
            /** Max Rank */
            readonly max_rank: number | null;
            /** Max Turnover Percent */
            readonly max_turnover_percent: number | null;
            /**
             * Min Trade Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly min_trade_percent: number;
            /**
             * Min Trade Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly min_trade_usd: string;
            /**
             * Mode
             * @enum {string}
             */
            readonly mode: "full" | "buy_only" | "sell_only";
            /** Only Held */
            readonly only_held: boolean;
            /**
             * Own
             * @description They were set for this account alone; false: those of all accounts
             */
            readonly own: boolean;
            /** Plan Valid Seconds */
            readonly plan_valid_seconds: number;
            /** Protected */
            readonly protected: {
                readonly [key: string]: string;
            };
            /**
             * Rank Filter
             * @description no_key: a rank is set, and without a key of CoinMarketCap the filter is off
             * @enum {string}
             */
            readonly rank_filter: "off" | "on" | "no_key";
            /** Sell Untargeted */
            readonly sell_untargeted: boolean;
            /** Settle Minutes */
            readonly settle_minutes: number;
            /**
             * Strategy
             * @enum {string}
             */
            readonly strategy: "manual" | "periodic" | "threshold";
            /**
             * Threshold Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly threshold_percent: number;
        };
        /**
         * LimitsOut
         * @description What no run may go beyond; null is no limit.
         */
        readonly "RebalancingSettingsOut.LimitsOut": {
            /** Max Share Percent */
            readonly max_share_percent: number | null;
            /**
             * Max Slippage Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly max_slippage_percent: number;
            /** Per Day Usd */
            readonly per_day_usd: string | null;
            /** Per Run Usd */
            readonly per_run_usd: string | null;
            /** Per Trade Usd */
            readonly per_trade_usd: string | null;
            /** Symbols */
            readonly symbols: readonly string[] | null;
        };
        /**
         * RecoveryCodesOut
         * @description Each lets in once, in place of a code of the app. Told once.
         */
        readonly RecoveryCodesOut: {
            /** On */
            readonly on: boolean;
            /** Recovery Codes */
            readonly recovery_codes: readonly string[];
        };
        /**
         * RefreshOut
         * @description The balances at hand, and the refresh that was started or awaited.
         */
        readonly RefreshOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Balances */
            readonly balances: readonly components["schemas"]["RefreshOut.BalanceOut"][];
            /**
             * Complete
             * @description Every wallet was read and every coin has a price
             */
            readonly complete: boolean;
            /**
             * Drift Band Percent
             * @description From this drift on an asset is off its target, in points
             */
            readonly drift_band_percent: number;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly hidden: components["schemas"]["RefreshOut.HiddenOut"];
            /** Job Id */
            readonly job_id: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Refreshed
             * @description Whether the exchange has answered this very request
             */
            readonly refreshed: boolean;
            /**
             * Refreshed At
             * @description When it was read, on this machine's clock
             */
            readonly refreshed_at: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Total Value Usd */
            readonly total_value_usd: string | null;
            /**
             * Unknown Wallets
             * @description Could not be read: they count with what they held last
             */
            readonly unknown_wallets: readonly ("spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements")[];
            /** Unpriced */
            readonly unpriced: readonly string[];
        };
        /**
         * BalanceOut
         * @description One asset in one wallet of one account.
         */
        readonly "RefreshOut.BalanceOut": {
            /** Account */
            readonly account: number;
            /**
             * Asset
             * @example BTC
             */
            readonly asset: string;
            /**
             * Borrowed
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly borrowed: string;
            /** Change 24H Percent */
            readonly change_24h_percent: number | null;
            /**
             * Cost Usd
             * @description What the holding cost, at average cost
             */
            readonly cost_usd: string | null;
            /**
             * Drift Percent
             * @description Of the asset over all wallets: weight in what takes part in rebalancing less target, in points
             */
            readonly drift_percent: number | null;
            /**
             * Free
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly free: string;
            /**
             * Hidden
             * @description Why lists leave the coin out, by the rule of /api/settings; it is in the total all the same
             */
            readonly hidden: ("named" | "no_price" | "small") | null;
            /**
             * Interest
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly interest: string;
            /**
             * Locked
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly locked: string;
            /**
             * Name
             * @example Bitcoin
             */
            readonly name: string;
            /**
             * Percentage
             * @description Share of the total value
             */
            readonly percentage: number | null;
            /** Price Usd */
            readonly price_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Target Percent
             * @description Target weight of the asset; null: it has none
             */
            readonly target_percent: number | null;
            /**
             * Timestamp
             * @description When the exchange said so, on its clock
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Total
             * @description Owned less owed; negative where more is owed
             * @example 0.5
             */
            readonly total: string;
            /**
             * Unrealized
             * @description Profit of open futures positions in this asset: in the value, not owned
             * @example 0.5
             */
            readonly unrealized: string;
            /**
             * Unrealized Pnl Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly unrealized_pnl_reason: string | null;
            /**
             * Unrealized Pnl Status
             * @description estimated: what part of it had cost, nobody told
             * @enum {string}
             */
            readonly unrealized_pnl_status: "exact" | "estimated" | "unavailable";
            /** Unrealized Pnl Usd */
            readonly unrealized_pnl_usd: string | null;
            /** Usd Value */
            readonly usd_value: string | null;
            /**
             * Wallet
             * @enum {string}
             */
            readonly wallet: "spot" | "funding" | "earn_flexible" | "earn_locked" | "staking" | "margin_cross" | "margin_isolated" | "futures_usdm" | "futures_coinm" | "outside" | "statements";
        };
        /**
         * HiddenOut
         * @description Coins that lists leave out for the eye; they are in the total.
         */
        readonly "RefreshOut.HiddenOut": {
            /** Count */
            readonly count: number;
            /**
             * Minimum Usd
             * @description What is worth less is hidden: in the server's own currency, whatever is shown
             * @example 1250.45
             */
            readonly minimum_usd: string;
            /**
             * Unpriced
             * @description How many of them have no price
             */
            readonly unpriced: number;
            /**
             * Value Usd
             * @description Of those with a price, together
             * @example 1250.45
             */
            readonly value_usd: string;
        };
        /**
         * ReportOut
         * @description A month or a year of one account, or of all. `status` of each part is its own.
         */
        readonly ReportOut: {
            /** Accounts */
            readonly accounts: readonly components["schemas"]["ReportOut.ReportAccountOut"][];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            readonly attribution: components["schemas"]["ReportOut.AttributionOut"];
            readonly benchmark: components["schemas"]["ReportOut.ReportBenchmarkOut"] | null;
            readonly certificate: components["schemas"]["ReportOut.ReportCertificateOut"];
            readonly closing_holdings: components["schemas"]["ReportOut.ReportHoldingsOut"];
            /** Days */
            readonly days: readonly components["schemas"]["ReportOut.DayOut"][];
            /**
             * Drawdowns
             * @description The deepest first, 5 at most
             */
            readonly drawdowns: readonly components["schemas"]["ReportOut.DrawdownOut"][];
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** @description Trading fees, at the value of their time */
            readonly fees: components["schemas"]["ReportOut.KindSumsOut"];
            readonly flows: components["schemas"]["ReportOut.ReportFlowsOut"];
            readonly income: components["schemas"]["ReportOut.KindSumsOut"];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            /**
             * Method Versions
             * @description Raised whenever the same rows would give another figure
             */
            readonly method_versions: {
                readonly [key: string]: string;
            };
            /**
             * Months
             * @description Of a year; none of a month
             */
            readonly months: readonly components["schemas"]["ReportOut.MonthOut"][];
            readonly opening_holdings: components["schemas"]["ReportOut.ReportHoldingsOut"];
            readonly period: components["schemas"]["ReportOut.ReportPeriodOut"];
            readonly profit: components["schemas"]["ReportOut.ReportProfitOut"];
            readonly quality: components["schemas"]["ReportOut.ReportQualityOut"];
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            readonly risk: components["schemas"]["ReportOut.RiskOut"];
            /** Series */
            readonly series: readonly components["schemas"]["ReportOut.ReportPointOut"][];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            readonly summary: components["schemas"]["ReportOut.ReportSummaryOut"];
        };
        /**
         * AccountCertificateOut
         * @description One account's certificate.
         */
        readonly "ReportOut.AccountCertificateOut": {
            /** Account */
            readonly account: number;
            /**
             * Compared At
             * @description The balances compared, on the exchange's clock
             */
            readonly compared_at: string | null;
            /** Complete */
            readonly complete: boolean;
            /** Missing Coverage */
            readonly missing_coverage: readonly components["schemas"]["ReportOut.MissingCoverageOut"][];
            /** Name */
            readonly name: string;
            /**
             * Not Understood
             * @description Lines of imports that were refused: nobody knows what they moved
             */
            readonly not_understood: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @description estimated: complete, but for `not_understood` (`unknown_operations`)
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Unknown Wallets
             * @description Wallets that could not be read: then nothing is certified
             */
            readonly unknown_wallets: readonly string[];
        };
        /**
         * AtAddressOut
         * @description An own address outside the exchange, and what a cash flow has to do with it.
         */
        readonly "ReportOut.AtAddressOut": {
            /** Address */
            readonly address: string;
            /** Id */
            readonly id: number;
            /** Label */
            readonly label: string;
            /**
             * State
             * @description kept: the coins stay in the value; returned: they came back; suggested: they may have come back and count as a flow; flow: what goes there is a withdrawal
             * @enum {string}
             */
            readonly state: "kept" | "returned" | "suggested" | "flow";
        };
        /**
         * AttributionOut
         * @description change = flows + realized + unrealized + income - fees + residual.
         */
        readonly "ReportOut.AttributionOut": {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            /** Change Usd */
            readonly change_usd: string | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Fees Usd */
            readonly fees_usd: string | null;
            /**
             * Findings
             * @description Newest first, 100 at most
             */
            readonly findings: readonly components["schemas"]["ReportOut.ResidualFindingOut"][];
            /** Findings Total */
            readonly findings_total: number;
            /**
             * Flows Usd
             * @description What is known to have crossed the border
             */
            readonly flows_usd: string | null;
            /**
             * Income Usd
             * @description Rewards, interest and funding, less what was paid of the latter
             */
            readonly income_usd: string | null;
            /**
             * Realized Pnl Usd
             * @description Before fees, at average cost, of coins withdrawn too
             */
            readonly realized_pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Residual Usd
             * @description What neither ledger nor prices explain
             */
            readonly residual_usd: string | null;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /** Start Value Usd */
            readonly start_value_usd: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Tolerance Usd
             * @description A residual up to this raises no alarm
             */
            readonly tolerance_usd: string | null;
            /** Unrealized Change Usd */
            readonly unrealized_change_usd: string | null;
        };
        /**
         * CoinResidualOut
         * @description The part of one coin in a residual.
         */
        readonly "ReportOut.CoinResidualOut": {
            /**
             * Asset
             * @description Null: money that is in no coin
             */
            readonly asset: string | null;
            /**
             * Likely Cause
             * @description The likely cause: a stable code, and a guess
             * @example missed_deposit
             */
            readonly likely_cause: string;
            /**
             * Quantity
             * @description Missing in the ledger, negative: too much; null: a price is wrong
             */
            readonly quantity: string | null;
            /**
             * Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly value_usd: string;
        };
        /**
         * CoverageStretchOut
         * @description A stretch that nothing is known of.
         */
        readonly "ReportOut.CoverageStretchOut": {
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * To
             * @description Null: up to now
             */
            readonly to: string | null;
        };
        /**
         * DailyReturnsOut
         * @description The daily returns that the figures are made of: between two neighbouring 00:00 UTC.
         */
        readonly "ReportOut.DailyReturnsOut": {
            /** Benchmark Count */
            readonly benchmark_count: number;
            /** Count */
            readonly count: number;
            /** First Day */
            readonly first_day: string | null;
            /** Last Day */
            readonly last_day: string | null;
            /**
             * Missing
             * @description Days without a valuation at either end: left out, never filled
             */
            readonly missing: number;
            /**
             * Needed
             * @description From so many on figures are told
             */
            readonly needed: number;
        };
        /**
         * DayFigureOut
         * @description The return of one day.
         */
        readonly "ReportOut.DayFigureOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /** Date */
            readonly date: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DayLineOut
         * @description A day of the account and one of the benchmark, each its own.
         */
        readonly "ReportOut.DayLineOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            readonly benchmark: components["schemas"]["ReportOut.DayFigureOut"];
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /** Date */
            readonly date: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DayOut
         * @description One day, 00:00 to 24:00 UTC. Averages are over its full hours.
         */
        readonly "ReportOut.DayOut": {
            /** Benchmark Avg Usd */
            readonly benchmark_avg_usd: string | null;
            /** Benchmark Close Usd */
            readonly benchmark_close_usd: string | null;
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /** Benchmark Return Percent */
            readonly benchmark_return_percent: number | null;
            /**
             * Benchmark Status
             * @description Of the benchmark's close and return
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /**
             * Complete
             * @description The day is over and no hour is missing
             */
            readonly complete: boolean;
            /**
             * Date
             * @description A day, UTC
             * @example 2026-11-20
             */
            readonly date: string;
            /**
             * Hours
             * @description Full hours with a value
             */
            readonly hours: number;
            /** Nav Avg Usd */
            readonly nav_avg_usd: string | null;
            /**
             * Nav Close Usd
             * @description At 24:00; of the running day the newest value
             */
            readonly nav_close_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Return Percent
             * @description Time-weighted
             */
            readonly return_percent: number | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * DrawdownFigureOut
         * @description The deepest fall below a running peak and its dates, null without any fall.
         */
        readonly "ReportOut.DrawdownFigureOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Days Under Water
             * @description From the peak until it is reached again, or until the end
             */
            readonly days_under_water: number | null;
            /** Peak */
            readonly peak: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Recovered
             * @description Null: not yet
             */
            readonly recovered: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Trough */
            readonly trough: string | null;
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DrawdownLineOut
         * @description The drawdown of the account and of the benchmark.
         */
        readonly "ReportOut.DrawdownLineOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            readonly benchmark: components["schemas"]["ReportOut.DrawdownFigureOut"];
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Days Under Water
             * @description From the peak until it is reached again, or until the end
             */
            readonly days_under_water: number | null;
            /** Peak */
            readonly peak: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Recovered
             * @description Null: not yet
             */
            readonly recovered: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Trough */
            readonly trough: string | null;
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DrawdownOut
         * @description A fall of the daily index below its peak until that is reached again.
         */
        readonly "ReportOut.DrawdownOut": {
            /**
             * Days
             * @description From the peak until it is reached again, or until the end of the window
             */
            readonly days: number;
            /** Days To Trough */
            readonly days_to_trough: number;
            /**
             * Depth Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly depth_percent: number;
            /**
             * Peak
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly peak: string;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Recovered */
            readonly recovered: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Trough
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly trough: string;
        };
        /**
         * ExpectancyOut
         * @description Mean result of a closing trade, in the reporting currency.
         */
        readonly "ReportOut.ExpectancyOut": {
            /** Available From */
            readonly available_from: string | null;
            /**
             * Benchmark
             * @description The benchmark does not trade
             * @default null
             */
            readonly benchmark: null;
            /** Count */
            readonly count: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Value */
            readonly value: string | null;
        };
        /**
         * FlowTotalsOut
         * @description Sums over all cash flows, whatever the page shows.
         */
        readonly "ReportOut.FlowTotalsOut": {
            /** Deposits */
            readonly deposits: number;
            /** Deposits Usd */
            readonly deposits_usd: string | null;
            /** First At */
            readonly first_at: string | null;
            /**
             * Moves To Confirm
             * @description Suggested ones, which are in the sums until they are confirmed
             */
            readonly moves_to_confirm: number;
            /** Net Usd */
            readonly net_usd: string | null;
            /**
             * Own Moves
             * @description Moves among the accounts shown: they are in no sum
             */
            readonly own_moves: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Value To Net Ratio */
            readonly value_to_net_ratio: number | null;
            /** Withdrawals */
            readonly withdrawals: number;
            /** Withdrawals Usd */
            readonly withdrawals_usd: string | null;
        };
        /**
         * HeldCoinOut
         * @description A coin, over the accounts of the report.
         */
        readonly "ReportOut.HeldCoinOut": {
            /** Asset */
            readonly asset: string;
            /** Name */
            readonly name: string;
            /**
             * Price Usd
             * @description Null: there was none, or accounts had different ones
             */
            readonly price_usd: string | null;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Share Percent */
            readonly share_percent: number | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * KindSumOut
         * @description Fees or income of one kind.
         */
        readonly "ReportOut.KindSumOut": {
            /** Count */
            readonly count: number | null;
            /**
             * Kind
             * @example trade
             * @example earn
             */
            readonly kind: string;
            /**
             * Unpriced
             * @description Rows without a price: they are not in the value
             */
            readonly unpriced: number;
            /**
             * Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly value_usd: string;
        };
        /**
         * KindSumsOut
         * @description Fees or income by kind, the largest first.
         */
        readonly "ReportOut.KindSumsOut": {
            /** Items */
            readonly items: readonly components["schemas"]["ReportOut.KindSumOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Total Usd */
            readonly total_usd: string | null;
        };
        /**
         * MissingCoverageOut
         * @description A history of which a stretch was not read: where a coin differs, it may be what this one would have told.
         */
        readonly "ReportOut.MissingCoverageOut": {
            /** Gaps */
            readonly gaps: readonly components["schemas"]["ReportOut.CoverageStretchOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Source */
            readonly source: string;
        };
        /**
         * MixCoinOut
         * @description A coin of the benchmark and its share.
         */
        readonly "ReportOut.MixCoinOut": {
            /** Coin */
            readonly coin: string;
            /**
             * Weight Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly weight_percent: number;
        };
        /**
         * MonthOut
         * @description One calendar month; one without a snapshot has no figures and says so.
         */
        readonly "ReportOut.MonthOut": {
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /**
             * Complete
             * @description It is over, and known from its first instant to its last
             */
            readonly complete: boolean;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /**
             * Month
             * @example 2026-11
             */
            readonly month: string;
            /** Net Flows Usd */
            readonly net_flows_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Twr Percent */
            readonly twr_percent: number | null;
        };
        /**
         * OwnMoveOut
         * @description The other side of a move between two accounts that are tracked here.
         */
        readonly "ReportOut.OwnMoveOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /**
             * Basis
             * @description The exchange's id of both sides, the transaction, the address, coin, amount and time, or the user
             * @enum {string}
             */
            readonly basis: "transfer" | "transaction" | "address" | "amount" | "user";
            /**
             * Flow Id
             * @description The cash flow of the other side; null while it is not valued yet
             */
            readonly flow_id: number | null;
            /**
             * Quantity
             * @description What arrived
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * State
             * @description suggested: it changes no figure until it is confirmed
             * @enum {string}
             */
            readonly state: "paired" | "suggested";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
        };
        /**
         * PnlTotalsOut
         * @description Sums over all items.
         */
        readonly "ReportOut.PnlTotalsOut": {
            /** Fees Usd */
            readonly fees_usd: string | null;
            /** Realized Pnl */
            readonly realized_pnl: string | null;
            /** Total Pnl */
            readonly total_pnl: string | null;
            /** Unrealized Pnl */
            readonly unrealized_pnl: string | null;
        };
        /**
         * ReportAccountOut
         * @description An account that the report is about.
         */
        readonly "ReportOut.ReportAccountOut": {
            /** Id */
            readonly id: number;
            /** Name */
            readonly name: string;
        };
        /**
         * ReportBenchmarkOut
         * @description What the portfolio is held against, and its money line at the end of the period.
         */
        readonly "ReportOut.ReportBenchmarkOut": {
            /** Coins */
            readonly coins: readonly components["schemas"]["ReportOut.MixCoinOut"][];
            /**
             * Difference Usd
             * @description The value less that of the benchmark
             */
            readonly difference_usd: string | null;
            /** Outperformance Percent */
            readonly outperformance_percent: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @description Of its return
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly value_reason: string | null;
            /**
             * Value Status
             * @enum {string}
             */
            readonly value_status: "exact" | "estimated" | "unavailable";
            /**
             * Value Usd
             * @description What the benchmark is worth with the same flows
             */
            readonly value_usd: string | null;
        };
        /**
         * ReportCertificateOut
         * @description Whether the ledger, replayed, gives today's balances.
         */
        readonly "ReportOut.ReportCertificateOut": {
            /** Accounts */
            readonly accounts: readonly components["schemas"]["ReportOut.AccountCertificateOut"][];
            /** Complete */
            readonly complete: boolean;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * ReportFlowOut
         * @description A cash flow of the period.
         */
        readonly "ReportOut.ReportFlowOut": {
            /** Account Id */
            readonly account_id: number;
            /** Account Name */
            readonly account_name: string;
            /** @description The own address outside that it went to, or came from */
            readonly address: components["schemas"]["ReportOut.AtAddressOut"] | null;
            /**
             * Amount Usd
             * @description Negative = out
             */
            readonly amount_usd: string | null;
            /** Asset */
            readonly asset: string | null;
            /**
             * Counted
             * @description It is in the sums: moves among the accounts shown and what is not_flow are not
             */
            readonly counted: boolean;
            /**
             * Decided
             * @description The user said what it is; it can be taken back
             */
            readonly decided: boolean;
            /** Description */
            readonly description: string;
            /** Id */
            readonly id: number;
            /**
             * In Figures
             * @description Net flows count it: not what came at or after the last snapshot
             */
            readonly in_figures: boolean;
            /** @description Where it came from or went to, where that is tracked here, or may be */
            readonly move: components["schemas"]["ReportOut.OwnMoveOut"] | null;
            /** Price Usd */
            readonly price_usd: string | null;
            /** Quantity */
            readonly quantity: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Source
             * @enum {string}
             */
            readonly source: "exchange" | "manual" | "csv";
            /**
             * Status
             * @description to_confirm: nothing explains it yet, and it counts; not_flow: the user said so, and it does not
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "to_confirm" | "pending" | "unavailable" | "not_flow";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Type
             * @enum {string}
             */
            readonly type: "DEPOSIT" | "WITHDRAW";
            /** Value Before Usd */
            readonly value_before_usd: string | null;
        };
        /**
         * ReportFlowsOut
         * @description All cash flows of the period, oldest first, and the sums of those that the figures count.
         */
        readonly "ReportOut.ReportFlowsOut": {
            /** Items */
            readonly items: readonly components["schemas"]["ReportOut.ReportFlowOut"][];
            readonly totals: components["schemas"]["ReportOut.FlowTotalsOut"];
        };
        /**
         * ReportHoldingsOut
         * @description What was held at an instant, the largest value first.
         */
        readonly "ReportOut.ReportHoldingsOut": {
            /** Items */
            readonly items: readonly components["schemas"]["ReportOut.HeldCoinOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Timestamp
             * @description Null where accounts have different ones
             */
            readonly timestamp: string | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * ReportPeriodOut
         * @description A calendar month or year, UTC.
         */
        readonly "ReportOut.ReportPeriodOut": {
            /**
             * End
             * @description Its first instant that is not in it any more
             * @example 2026-11-20T14:00:00Z
             */
            readonly end: string;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "month" | "year";
            /**
             * Name
             * @example 2026-10
             */
            readonly name: string;
            /**
             * Running
             * @description It is not over: figures are so far
             */
            readonly running: boolean;
            /**
             * Start
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly start: string;
        };
        /**
         * ReportPointOut
         * @description The start of the period, a 00:00 UTC or its end; returns since the start.
         */
        readonly "ReportOut.ReportPointOut": {
            /** Benchmark Percent */
            readonly benchmark_percent: number | null;
            /**
             * T
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly t: string;
            /** Twr Percent */
            readonly twr_percent: number | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * ReportProfitOut
         * @description Profit by coin and contract between the snapshots of the period, the largest first.
         */
        readonly "ReportOut.ReportProfitOut": {
            /** Items */
            readonly items: readonly components["schemas"]["ReportOut.SymbolPnlOut"][];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            readonly totals: components["schemas"]["ReportOut.PnlTotalsOut"];
        };
        /**
         * ReportQualityOut
         * @description How well the period is known.
         */
        readonly "ReportOut.ReportQualityOut": {
            /**
             * Estimated Links
             * @description Links of the return that rest on an estimate
             */
            readonly estimated_links: number;
            /**
             * Replayed Until
             * @description What lies before is made of ledger and candles
             */
            readonly replayed_until: string | null;
            /** Snapshots Expected */
            readonly snapshots_expected: number;
            /** Snapshots Missing */
            readonly snapshots_missing: number;
        };
        /**
         * ReportSummaryOut
         * @description The period in one line, between the snapshots that its figures lie between.
         */
        readonly "ReportOut.ReportSummaryOut": {
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /**
             * Complete
             * @description It is over, and known from its first instant to its last
             */
            readonly complete: boolean;
            /** End */
            readonly end: string | null;
            /** End Value Usd */
            readonly end_value_usd: string | null;
            /**
             * Excess Percent
             * @description Difference of both returns, in percentage points
             */
            readonly excess_percent: number | null;
            /**
             * Excess Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly excess_reason: string | null;
            /**
             * Excess Status
             * @enum {string}
             */
            readonly excess_status: "exact" | "estimated" | "unavailable";
            /** Net Flows Usd */
            readonly net_flows_usd: string | null;
            /**
             * Pnl Percent
             * @description pnl / (start value + deposits of the period)
             */
            readonly pnl_percent: number | null;
            /**
             * Pnl Percent Reason
             * @description Why there is none
             */
            readonly pnl_percent_reason: string | null;
            /**
             * Pnl Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly pnl_reason: string | null;
            /**
             * Pnl Status
             * @enum {string}
             */
            readonly pnl_status: "exact" | "estimated" | "unavailable";
            /** Pnl Usd */
            readonly pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Start */
            readonly start: string | null;
            /** Start Value Usd */
            readonly start_value_usd: string | null;
            /**
             * Status
             * @description Of the return, which all accounts together have of their own
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Twr Annualized Percent
             * @description Only from 365 days on
             */
            readonly twr_annualized_percent: number | null;
            /**
             * Twr Annualized Reason
             * @description Why there is none
             */
            readonly twr_annualized_reason: string | null;
            /** Twr Percent */
            readonly twr_percent: number | null;
            /**
             * Values Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly values_reason: string | null;
            /**
             * Values Status
             * @enum {string}
             */
            readonly values_status: "exact" | "estimated" | "unavailable";
            /**
             * Xirr Percent
             * @description A year's rate from 365 days on, else the figure of the period
             */
            readonly xirr_percent: number | null;
            /**
             * Xirr Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly xirr_reason: string | null;
            /**
             * Xirr Several Roots
             * @description Other rates solve it as well: this is the one nearest to 0
             */
            readonly xirr_several_roots: boolean;
            /**
             * Xirr Status
             * @enum {string}
             */
            readonly xirr_status: "exact" | "estimated" | "unavailable";
        };
        /**
         * ResidualFindingOut
         * @description An interval whose change of value is not explained.
         */
        readonly "ReportOut.ResidualFindingOut": {
            /**
             * After
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly after: string;
            /** Coins */
            readonly coins: readonly components["schemas"]["ReportOut.CoinResidualOut"][];
            /**
             * Likely Cause
             * @description The likely cause: a stable code, and a guess
             * @example missed_deposit
             */
            readonly likely_cause: string;
            /**
             * Residual Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly residual_usd: string;
            /**
             * Until
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly until: string;
        };
        /**
         * RiskFigureOut
         * @description A figure, how far it can be trusted, and of how many values it is made.
         */
        readonly "ReportOut.RiskFigureOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * RiskLineOut
         * @description A figure and the same of the benchmark; null where that has no meaning.
         */
        readonly "ReportOut.RiskLineOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            readonly benchmark: components["schemas"]["ReportOut.RiskFigureOut"] | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * RiskOut
         * @description Risk figures of a window, beside those of the benchmark.
         */
        readonly "ReportOut.RiskOut": {
            readonly alpha: components["schemas"]["ReportOut.RiskLineOut"];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            readonly best_day: components["schemas"]["ReportOut.DayLineOut"];
            readonly beta: components["schemas"]["ReportOut.RiskLineOut"];
            /** @description From 365 days on */
            readonly calmar: components["schemas"]["ReportOut.RiskLineOut"];
            readonly cvar_95: components["schemas"]["ReportOut.RiskLineOut"];
            readonly daily_returns: components["schemas"]["ReportOut.DailyReturnsOut"];
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly expectancy: components["schemas"]["ReportOut.ExpectancyOut"];
            readonly information_ratio: components["schemas"]["ReportOut.RiskLineOut"];
            /** @description Of the index at 00:00 UTC of each day */
            readonly max_drawdown: components["schemas"]["ReportOut.DrawdownLineOut"];
            /** @description Of the index at every full hour */
            readonly max_drawdown_hourly: components["schemas"]["ReportOut.RiskLineOut"];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            readonly positive_days: components["schemas"]["ReportOut.RiskLineOut"];
            readonly profit_factor: components["schemas"]["ReportOut.RiskLineOut"];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Risk Free Rate Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly risk_free_rate_percent: number;
            readonly sharpe: components["schemas"]["ReportOut.RiskLineOut"];
            readonly sortino: components["schemas"]["ReportOut.RiskLineOut"];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            readonly tracking_error: components["schemas"]["ReportOut.RiskLineOut"];
            readonly var_95: components["schemas"]["ReportOut.RiskLineOut"];
            readonly volatility: components["schemas"]["ReportOut.RiskLineOut"];
            readonly win_rate: components["schemas"]["ReportOut.RiskLineOut"];
            readonly worst_day: components["schemas"]["ReportOut.DayLineOut"];
        };
        /**
         * SymbolPnlOut
         * @description Profit of one coin or contract in the period: total_pnl = realized_pnl + unrealized_pnl.
         */
        readonly "ReportOut.SymbolPnlOut": {
            /** Asset */
            readonly asset: string;
            /** Closing Trades */
            readonly closing_trades: number;
            /** Fees Usd */
            readonly fees_usd: string | null;
            /** Income Usd */
            readonly income_usd: string | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "spot" | "futures";
            /** Name */
            readonly name: string;
            /**
             * Realized Pnl
             * @description Trades, income and transferred-out gain, less costs
             */
            readonly realized_pnl: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Symbol */
            readonly symbol: string;
            /** Total Pnl */
            readonly total_pnl: string | null;
            /** Trades */
            readonly trades: number;
            /** Transferred Out Usd */
            readonly transferred_out_usd: string | null;
            /**
             * Unrealized Pnl
             * @description Change of the open profit in the period
             */
            readonly unrealized_pnl: string | null;
            /**
             * Win Rate
             * @description Null where no trade closed anything
             */
            readonly win_rate: number | null;
        };
        /**
         * ReportPeriodsOut
         * @description Years, then months, the newest of each first.
         */
        readonly ReportPeriodsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["ReportPeriodsOut.ReportPeriodOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * ReportPeriodOut
         * @description A calendar month or year, UTC.
         */
        readonly "ReportPeriodsOut.ReportPeriodOut": {
            /**
             * End
             * @description Its first instant that is not in it any more
             * @example 2026-11-20T14:00:00Z
             */
            readonly end: string;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "month" | "year";
            /**
             * Name
             * @example 2026-10
             */
            readonly name: string;
            /**
             * Running
             * @description It is not over: figures are so far
             */
            readonly running: boolean;
            /**
             * Start
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly start: string;
        };
        /**
         * RiskOut
         * @description Risk figures of a window, beside those of the benchmark.
         */
        readonly RiskOut: {
            readonly alpha: components["schemas"]["RiskOut.RiskLineOut"];
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            readonly best_day: components["schemas"]["RiskOut.DayLineOut"];
            readonly beta: components["schemas"]["RiskOut.RiskLineOut"];
            /** @description From 365 days on */
            readonly calmar: components["schemas"]["RiskOut.RiskLineOut"];
            readonly cvar_95: components["schemas"]["RiskOut.RiskLineOut"];
            readonly daily_returns: components["schemas"]["RiskOut.DailyReturnsOut"];
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            readonly expectancy: components["schemas"]["RiskOut.ExpectancyOut"];
            readonly information_ratio: components["schemas"]["RiskOut.RiskLineOut"];
            /** @description Of the index at 00:00 UTC of each day */
            readonly max_drawdown: components["schemas"]["RiskOut.DrawdownLineOut"];
            /** @description Of the index at every full hour */
            readonly max_drawdown_hourly: components["schemas"]["RiskOut.RiskLineOut"];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            readonly positive_days: components["schemas"]["RiskOut.RiskLineOut"];
            readonly profit_factor: components["schemas"]["RiskOut.RiskLineOut"];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Risk Free Rate Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly risk_free_rate_percent: number;
            readonly sharpe: components["schemas"]["RiskOut.RiskLineOut"];
            readonly sortino: components["schemas"]["RiskOut.RiskLineOut"];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            readonly tracking_error: components["schemas"]["RiskOut.RiskLineOut"];
            readonly var_95: components["schemas"]["RiskOut.RiskLineOut"];
            readonly volatility: components["schemas"]["RiskOut.RiskLineOut"];
            readonly win_rate: components["schemas"]["RiskOut.RiskLineOut"];
            readonly worst_day: components["schemas"]["RiskOut.DayLineOut"];
        };
        /**
         * DailyReturnsOut
         * @description The daily returns that the figures are made of: between two neighbouring 00:00 UTC.
         */
        readonly "RiskOut.DailyReturnsOut": {
            /** Benchmark Count */
            readonly benchmark_count: number;
            /** Count */
            readonly count: number;
            /** First Day */
            readonly first_day: string | null;
            /** Last Day */
            readonly last_day: string | null;
            /**
             * Missing
             * @description Days without a valuation at either end: left out, never filled
             */
            readonly missing: number;
            /**
             * Needed
             * @description From so many on figures are told
             */
            readonly needed: number;
        };
        /**
         * DayFigureOut
         * @description The return of one day.
         */
        readonly "RiskOut.DayFigureOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /** Date */
            readonly date: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DayLineOut
         * @description A day of the account and one of the benchmark, each its own.
         */
        readonly "RiskOut.DayLineOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            readonly benchmark: components["schemas"]["RiskOut.DayFigureOut"];
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /** Date */
            readonly date: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DrawdownFigureOut
         * @description The deepest fall below a running peak and its dates, null without any fall.
         */
        readonly "RiskOut.DrawdownFigureOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Days Under Water
             * @description From the peak until it is reached again, or until the end
             */
            readonly days_under_water: number | null;
            /** Peak */
            readonly peak: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Recovered
             * @description Null: not yet
             */
            readonly recovered: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Trough */
            readonly trough: string | null;
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * DrawdownLineOut
         * @description The drawdown of the account and of the benchmark.
         */
        readonly "RiskOut.DrawdownLineOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            readonly benchmark: components["schemas"]["RiskOut.DrawdownFigureOut"];
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Days Under Water
             * @description From the peak until it is reached again, or until the end
             */
            readonly days_under_water: number | null;
            /** Peak */
            readonly peak: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Recovered
             * @description Null: not yet
             */
            readonly recovered: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Trough */
            readonly trough: string | null;
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * ExpectancyOut
         * @description Mean result of a closing trade, in the reporting currency.
         */
        readonly "RiskOut.ExpectancyOut": {
            /** Available From */
            readonly available_from: string | null;
            /**
             * Benchmark
             * @description The benchmark does not trade
             * @default null
             */
            readonly benchmark: null;
            /** Count */
            readonly count: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Value */
            readonly value: string | null;
        };
        /**
         * RiskFigureOut
         * @description A figure, how far it can be trusted, and of how many values it is made.
         */
        readonly "RiskOut.RiskFigureOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * RiskLineOut
         * @description A figure and the same of the benchmark; null where that has no meaning.
         */
        readonly "RiskOut.RiskLineOut": {
            /**
             * Available From
             * @description When it will be known, while the history is too short
             */
            readonly available_from: string | null;
            readonly benchmark: components["schemas"]["RiskOut.RiskFigureOut"] | null;
            /**
             * Count
             * @description Daily returns, or closing trades, in it
             */
            readonly count: number;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Value
             * @description Without unit: 0.25 is 25 %
             */
            readonly value: number | null;
        };
        /**
         * RulesIn
         * @description All that is watched. Kinds that are left out stand as the program has them.
         */
        readonly RulesIn: {
            /**
             * Language
             * @description Of what is sent
             * @enum {string}
             */
            readonly language: "en" | "fr";
            readonly quiet_hours: components["schemas"]["RulesIn.QuietHours"];
            /** Rules */
            readonly rules: readonly components["schemas"]["RulesIn.RuleIn"][];
        };
        /**
         * QuietHours
         * @description When only critical alerts are sent. The dashboard shows all at once.
         */
        readonly "RulesIn.QuietHours": {
            /** Enabled */
            readonly enabled: boolean;
            /**
             * End
             * @example 07:00
             */
            readonly end: string;
            /**
             * Start
             * @example 22:00
             */
            readonly start: string;
            /**
             * Time Zone
             * @example Europe/Paris
             */
            readonly time_zone: string;
        };
        /**
         * RuleIn
         * @description When to tell, and where beside the dashboard.
         */
        readonly "RulesIn.RuleIn": {
            /**
             * Asset
             * @description Of a price; empty otherwise
             * @default
             */
            readonly asset: string;
            /** Channels */
            readonly channels: readonly ("webhook" | "telegram" | "email")[];
            /** Enabled */
            readonly enabled: boolean;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "loss_1h" | "loss_24h" | "loss_peak" | "sync_failing" | "balance_anomaly" | "position_share" | "drift_band" | "price_above" | "price_below" | "depeg" | "key_rights" | "residual" | "run_finished" | "run_failed" | "run_review" | "benchmark_exhausted" | "audit_broken";
            /**
             * Limit
             * @description In the unit of the kind; null: it has none, or the band of rebalancing
             */
            readonly limit: string | null;
        };
        /**
         * RulesOut
         * @description All that is watched.
         */
        readonly RulesOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Language
             * @enum {string}
             */
            readonly language: "en" | "fr";
            readonly quiet_hours: components["schemas"]["RulesOut.QuietHours"];
            /** Reporting Currency */
            readonly reporting_currency: string;
            /** Rules */
            readonly rules: readonly components["schemas"]["RulesOut.RuleOut"][];
        };
        /**
         * QuietHours
         * @description When only critical alerts are sent. The dashboard shows all at once.
         */
        readonly "RulesOut.QuietHours": {
            /** Enabled */
            readonly enabled: boolean;
            /**
             * End
             * @example 07:00
             */
            readonly end: string;
            /**
             * Start
             * @example 22:00
             */
            readonly start: string;
            /**
             * Time Zone
             * @example Europe/Paris
             */
            readonly time_zone: string;
        };
        /**
         * RuleOut
         * @description A rule, and what its limit may be.
         */
        readonly "RulesOut.RuleOut": {
            /** Asset */
            readonly asset: string;
            /** Channels */
            readonly channels: readonly ("webhook" | "telegram" | "email")[];
            /** Enabled */
            readonly enabled: boolean;
            /** Highest */
            readonly highest: string | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "loss_1h" | "loss_24h" | "loss_peak" | "sync_failing" | "balance_anomaly" | "position_share" | "drift_band" | "price_above" | "price_below" | "depeg" | "key_rights" | "residual" | "run_finished" | "run_failed" | "run_review" | "benchmark_exhausted" | "audit_broken";
            /** Limit */
            readonly limit: string | null;
            /**
             * Lowest
             * @description Of its limit; null: it has none
             */
            readonly lowest: string | null;
            /**
             * Optional Limit
             * @description The limit may be null
             */
            readonly optional_limit: boolean;
            /**
             * Severity
             * @enum {string}
             */
            readonly severity: "info" | "warning" | "critical";
            /** Unit */
            readonly unit: ("percent" | "points" | "times" | "money" | "price") | null;
        };
        /**
         * RunDetailOut
         * @description A run with its orders.
         */
        readonly RunDetailOut: {
            /** Account */
            readonly account: number;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /** Detail */
            readonly detail: string;
            /** Dry Run */
            readonly dry_run: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Filled
             * @description Orders that were filled, wholly or in part
             */
            readonly filled: number;
            /** Finished At */
            readonly finished_at: string | null;
            /** Id */
            readonly id: number;
            /** Legs */
            readonly legs: readonly components["schemas"]["RunDetailOut.LegOut"][];
            /**
             * Orders
             * @description Orders of the plan
             */
            readonly orders: number;
            /** Plan Id */
            readonly plan_id: string;
            /**
             * Reason
             * @description A code: why it ended as it did
             */
            readonly reason: string | null;
            /**
             * Score Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly score_reason: string | null;
            /**
             * Score Status
             * @enum {string}
             */
            readonly score_status: "exact" | "estimated" | "unavailable";
            /**
             * Score Usd
             * @description What it made beside not having traded, until now, after fees
             */
            readonly score_usd: string | null;
            /**
             * Source
             * @enum {string}
             */
            readonly source: "user" | "strategy" | "conversion";
            /**
             * State
             * @enum {string}
             */
            readonly state: "queued" | "running" | "complete" | "stopped" | "failed" | "needs_review";
            /** Stop Asked */
            readonly stop_asked: boolean;
        };
        /**
         * FeeOut
         * @description A fee as it was taken.
         */
        readonly "RunDetailOut.FeeOut": {
            /**
             * Amount
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly amount: string;
            /** Asset */
            readonly asset: string;
        };
        /**
         * FilledLegOut
         * @description What the exchange did, from its trades.
         */
        readonly "RunDetailOut.FilledLegOut": {
            /**
             * Fee
             * @description Null: nothing was filled, or fees were taken in several assets
             */
            readonly fee: string | null;
            /** Fee Asset */
            readonly fee_asset: string | null;
            /** Fees */
            readonly fees: readonly components["schemas"]["RunDetailOut.FeeOut"][];
            /**
             * Price
             * @description Average; null: nothing was filled
             */
            readonly price: string | null;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Quote
             * @description Decimal in the quote asset of the pair
             */
            readonly quote: string;
        };
        /**
         * LegOut
         * @description One order of a run.
         */
        readonly "RunDetailOut.LegOut": {
            /**
             * Action
             * @description What the line does with its asset
             * @enum {string}
             */
            readonly action: "SELL" | "BUY";
            /** Asset */
            readonly asset: string;
            /**
             * Attempts
             * @description Tries to place it, refused ones included
             */
            readonly attempts: number;
            /**
             * Client Order Id
             * @description Of the last attempt; null: none was made
             */
            readonly client_order_id: string | null;
            /** Detail */
            readonly detail: string;
            /**
             * Error
             * @description A code: why it was not sent, or what the exchange said
             */
            readonly error: string | null;
            readonly filled: components["schemas"]["RunDetailOut.FilledLegOut"];
            /** Given */
            readonly given: string;
            /** Hop */
            readonly hop: number;
            /** Hops */
            readonly hops: number;
            /**
             * Line
             * @description Line of the plan that it serves
             */
            readonly line: number;
            /** N */
            readonly n: number;
            /**
             * Order Id
             * @description The exchange's; null: it told none
             */
            readonly order_id: string | null;
            readonly planned: components["schemas"]["RunDetailOut.PlannedLegOut"];
            /**
             * Side
             * @enum {string}
             */
            readonly side: "BUY" | "SELL";
            /**
             * Slippage Percent
             * @description How much worse than planned the average price is; negative: better; null: nothing was filled
             */
            readonly slippage_percent: number | null;
            /**
             * State
             * @enum {string}
             */
            readonly state: "PLANNED" | "SENDING" | "UNKNOWN" | "OPEN" | "PARTIAL" | "FILLED" | "ENDED" | "REJECTED" | "NEEDS_REVIEW" | "SKIPPED" | "STOPPED";
            /** Symbol */
            readonly symbol: string;
            /** Taken */
            readonly taken: string;
        };
        /**
         * PlannedLegOut
         * @description An order as the plan has it.
         */
        readonly "RunDetailOut.PlannedLegOut": {
            /**
             * Fee Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly fee_usd: string;
            /**
             * Price
             * @description Decimal in the quote asset of the pair
             */
            readonly price: string;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /**
             * Quote
             * @description Price x quantity
             */
            readonly quote: string;
            /**
             * Received
             * @description Of the asset that is taken, less a fee that comes out of it
             * @example 0.5
             */
            readonly received: string;
            /**
             * Spent
             * @description Of the asset that is given
             * @example 0.5
             */
            readonly spent: string;
        };
        /**
         * RunScoreOut
         * @description A run against not having traded.
         */
        readonly RunScoreOut: {
            /**
             * Actual Usd
             * @description What the account is worth
             */
            readonly actual_usd: string | null;
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Formula
             * @description Heading of docs/formulas.md
             * @constant
             */
            readonly formula: "score-of-a-run";
            /**
             * Hold Usd
             * @description What it would be worth without, with the same cash flows
             */
            readonly hold_usd: string | null;
            /** Lines */
            readonly lines: readonly components["schemas"]["RunScoreOut.ScoreLineOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /** Run Id */
            readonly run_id: number;
            /** Score Usd */
            readonly score_usd: string | null;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * ScoreLineOut
         * @description One asset: `value_usd = quantity x price_usd`.
         */
        readonly "RunScoreOut.ScoreLineOut": {
            /** Asset */
            readonly asset: string;
            /** Price Usd */
            readonly price_usd: string | null;
            /**
             * Quantity
             * @description What the runs changed of it, fees taken off
             * @example 0.5
             */
            readonly quantity: string;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * RunsOut
         * @description Runs, the newest first.
         */
        readonly RunsOut: {
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["RunsOut.RunOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /**
         * RunOut
         * @description One execution of a plan.
         */
        readonly "RunsOut.RunOut": {
            /** Account */
            readonly account: number;
            /**
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /** Detail */
            readonly detail: string;
            /** Dry Run */
            readonly dry_run: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Filled
             * @description Orders that were filled, wholly or in part
             */
            readonly filled: number;
            /** Finished At */
            readonly finished_at: string | null;
            /** Id */
            readonly id: number;
            /**
             * Orders
             * @description Orders of the plan
             */
            readonly orders: number;
            /** Plan Id */
            readonly plan_id: string;
            /**
             * Reason
             * @description A code: why it ended as it did
             */
            readonly reason: string | null;
            /**
             * Score Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly score_reason: string | null;
            /**
             * Score Status
             * @enum {string}
             */
            readonly score_status: "exact" | "estimated" | "unavailable";
            /**
             * Score Usd
             * @description What it made beside not having traded, until now, after fees
             */
            readonly score_usd: string | null;
            /**
             * Source
             * @enum {string}
             */
            readonly source: "user" | "strategy" | "conversion";
            /**
             * State
             * @enum {string}
             */
            readonly state: "queued" | "running" | "complete" | "stopped" | "failed" | "needs_review";
            /** Stop Asked */
            readonly stop_asked: boolean;
        };
        /**
         * RunStartedOut
         * @description The run of a plan.
         */
        readonly RunStartedOut: {
            /** Dry Run */
            readonly dry_run: boolean;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Run Id */
            readonly run_id: number;
        };
        /**
         * ScoresOut
         * @description What the runs of each account made beside not having traded.
         */
        readonly ScoresOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Formula
             * @description Heading of docs/formulas.md
             * @constant
             */
            readonly formula: "score-of-a-run";
            /** Items */
            readonly items: readonly components["schemas"]["ScoresOut.AccountScoreOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /** Score Usd */
            readonly score_usd: string | null;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * AccountScoreOut
         * @description All runs of an account together.
         */
        readonly "ScoresOut.AccountScoreOut": {
            /** Account */
            readonly account: number;
            /**
             * Actual Usd
             * @description What the account is worth
             * @example 1250.45
             */
            readonly actual_usd: string;
            /**
             * Hold Usd
             * @description What it would be worth without, with the same cash flows
             */
            readonly hold_usd: string | null;
            /** Lines */
            readonly lines: readonly components["schemas"]["ScoresOut.ScoreLineOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** Score Usd */
            readonly score_usd: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * ScoreLineOut
         * @description One asset: `value_usd = quantity x price_usd`.
         */
        readonly "ScoresOut.ScoreLineOut": {
            /** Asset */
            readonly asset: string;
            /** Price Usd */
            readonly price_usd: string | null;
            /**
             * Quantity
             * @description What the runs changed of it, fees taken off
             * @example 0.5
             */
            readonly quantity: string;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * SecondFactorOut
         * @description Whether a code is asked for beside the password.
         */
        readonly SecondFactorOut: {
            /** On */
            readonly on: boolean;
            /** Recovery Codes Left */
            readonly recovery_codes_left: number;
        };
        /**
         * SecretOut
         * @description What the app is told; it counts once a code of it was sent.
         */
        readonly SecretOut: {
            /**
             * Address
             * @description otpauth:// address, as in the picture
             */
            readonly address: string;
            /**
             * Picture
             * @description A QR code of the address: a data: address of an image
             */
            readonly picture: string;
            /** Secret */
            readonly secret: string;
        };
        /**
         * SessionOut
         * @description Who is signed in, and what there is to do before.
         */
        readonly SessionOut: {
            /**
             * Code Needed
             * @description The set-up asks for the code that stands in the program's log
             */
            readonly code_needed: boolean;
            /**
             * Csrf Token
             * @description What writes of this session send as X-CSRF-Token
             */
            readonly csrf_token: string | null;
            /**
             * Expires At
             * @description When the session ends at the latest
             */
            readonly expires_at: string | null;
            /**
             * State
             * @description open: nobody has to sign in here; set-up: there is no password yet
             * @enum {string}
             */
            readonly state: "open" | "set-up" | "signed-out" | "signed-in";
            /** User */
            readonly user: string | null;
            /** Version */
            readonly version: string;
        };
        /**
         * SessionsOut
         * @description Who is signed in now.
         */
        readonly SessionsOut: {
            /** Items */
            readonly items: readonly components["schemas"]["SessionsOut.SessionItem"][];
            /** Password Set */
            readonly password_set: boolean;
            /** Sign In Required */
            readonly sign_in_required: boolean;
        };
        /**
         * SessionItem
         * @description A browser that is signed in.
         */
        readonly "SessionsOut.SessionItem": {
            /** Address */
            readonly address: string;
            /**
             * Agent
             * @description As the browser names itself
             */
            readonly agent: string;
            /**
             * Created
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created: string;
            /** Current */
            readonly current: boolean;
            /**
             * Expires At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly expires_at: string;
            /** Id */
            readonly id: number;
            /**
             * Last Seen
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly last_seen: string;
        };
        /**
         * SettingsIn
         * @description What is to be set; what is left out stays as it is.
         */
        readonly SettingsIn: {
            /** @default null */
            readonly hidden_coins: components["schemas"]["SettingsIn.HiddenCoinsRule"] | null;
            /** @default null */
            readonly risk: components["schemas"]["SettingsIn.RiskRule"] | null;
        };
        /**
         * HiddenCoinsRule
         * @description Which coins lists leave out. They stay in every sum.
         */
        readonly "SettingsIn.HiddenCoinsRule": {
            /**
             * Assets
             * @description Hide these, whatever they are worth
             */
            readonly assets: readonly string[];
            /**
             * Minimum Usd
             * @description Hide coins of which all together is worth less, in the reporting currency; 0 hides none
             * @example 5
             */
            readonly minimum_usd: string;
            /**
             * Unpriced
             * @description Hide coins without a price
             */
            readonly unpriced: boolean;
        };
        /**
         * RiskRule
         * @description What risk figures are measured against.
         */
        readonly "SettingsIn.RiskRule": {
            /**
             * Risk Free Rate Percent
             * @description A year, in percent: 4.5 is 4.5 %
             * @example 4.5
             */
            readonly risk_free_rate_percent: number;
        };
        /**
         * SettingsOut
         * @description What is set for this installation.
         */
        readonly SettingsOut: {
            readonly hidden_coins: components["schemas"]["SettingsOut.HiddenCoinsRule"];
            /** Reporting Currency */
            readonly reporting_currency: string;
            readonly risk: components["schemas"]["SettingsOut.RiskRule"];
        };
        /**
         * HiddenCoinsRule
         * @description Which coins lists leave out. They stay in every sum.
         */
        readonly "SettingsOut.HiddenCoinsRule": {
            /**
             * Assets
             * @description Hide these, whatever they are worth
             */
            readonly assets: readonly string[];
            /**
             * Minimum Usd
             * @description Hide coins of which all together is worth less, in the reporting currency; 0 hides none
             * @example 5
             */
            readonly minimum_usd: string;
            /**
             * Unpriced
             * @description Hide coins without a price
             */
            readonly unpriced: boolean;
        };
        /**
         * RiskRule
         * @description What risk figures are measured against.
         */
        readonly "SettingsOut.RiskRule": {
            /**
             * Risk Free Rate Percent
             * @description A year, in percent: 4.5 is 4.5 %
             * @example 4.5
             */
            readonly risk_free_rate_percent: number;
        };
        /**
         * SetUpIn
         * @description The first password.
         */
        readonly SetUpIn: {
            /**
             * Code
             * @description The one in the log, where one is asked for
             * @default null
             */
            readonly code: string | null;
            /**
             * Password
             * @description At least 12 characters
             */
            readonly password: string;
        };
        /**
         * SignedInOut
         * @description A session was begun; its token stands in the cookie.
         */
        readonly SignedInOut: {
            /** Csrf Token */
            readonly csrf_token: string;
            /**
             * Expires At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly expires_at: string;
            /** User */
            readonly user: string;
        };
        /**
         * SignedOutOut
         * @description How many sessions ended.
         */
        readonly SignedOutOut: {
            /** Ended */
            readonly ended: number;
        };
        /**
         * SnapshotCreatedOut
         * @description The snapshot that was taken.
         */
        readonly SnapshotCreatedOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            readonly snapshot: components["schemas"]["SnapshotCreatedOut.SnapshotOut"];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * HoldingOut
         * @description Quantity of an asset in a snapshot and the price used.
         */
        readonly "SnapshotCreatedOut.HoldingOut": {
            /** Asset */
            readonly asset: string;
            /** Price Usd */
            readonly price_usd: string | null;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
        };
        /**
         * SnapshotOut
         * @description A valuation just before any cash flow of the same instant.
         *
         *     Of kind `imported`: a value that another program had written down, from before the first snapshot of this one. There
         *     is nothing else to it: no parts, no profit and no return.
         */
        readonly "SnapshotCreatedOut.SnapshotOut": {
            /** Account */
            readonly account: number;
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** Benchmark Value Usd */
            readonly benchmark_value_usd: string | null;
            /** Composition */
            readonly composition: readonly components["schemas"]["SnapshotCreatedOut.HoldingOut"][];
            /**
             * Flow Usd
             * @description Net cash flow at this instant, after the valuation
             */
            readonly flow_usd: string | null;
            /** Id */
            readonly id: number | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "slot" | "flow" | "manual" | "imported";
            /** Net Deposits Usd */
            readonly net_deposits_usd: string | null;
            /** Pnl */
            readonly pnl: string | null;
            /** Pnl Percent */
            readonly pnl_percent: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Replayed
             * @description From before the account was read first: made of ledger and candles alone
             */
            readonly replayed: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Total Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly total_value_usd: string;
            /**
             * Twr
             * @description Since the first snapshot, in percent
             */
            readonly twr: number | null;
        };
        /**
         * SnapshotsOut
         * @description A page of snapshots, newest first.
         */
        readonly SnapshotsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["SnapshotsOut.SnapshotOut"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
        };
        /**
         * HoldingOut
         * @description Quantity of an asset in a snapshot and the price used.
         */
        readonly "SnapshotsOut.HoldingOut": {
            /** Asset */
            readonly asset: string;
            /** Price Usd */
            readonly price_usd: string | null;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
        };
        /**
         * SnapshotOut
         * @description A valuation just before any cash flow of the same instant.
         *
         *     Of kind `imported`: a value that another program had written down, from before the first snapshot of this one. There
         *     is nothing else to it: no parts, no profit and no return.
         */
        readonly "SnapshotsOut.SnapshotOut": {
            /** Account */
            readonly account: number;
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** Benchmark Value Usd */
            readonly benchmark_value_usd: string | null;
            /** Composition */
            readonly composition: readonly components["schemas"]["SnapshotsOut.HoldingOut"][];
            /**
             * Flow Usd
             * @description Net cash flow at this instant, after the valuation
             */
            readonly flow_usd: string | null;
            /** Id */
            readonly id: number | null;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "slot" | "flow" | "manual" | "imported";
            /** Net Deposits Usd */
            readonly net_deposits_usd: string | null;
            /** Pnl */
            readonly pnl: string | null;
            /** Pnl Percent */
            readonly pnl_percent: number | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Replayed
             * @description From before the account was read first: made of ledger and candles alone
             */
            readonly replayed: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Timestamp
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly timestamp: string;
            /**
             * Total Value Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly total_value_usd: string;
            /**
             * Twr
             * @description Since the first snapshot, in percent
             */
            readonly twr: number | null;
        };
        /**
         * StatsOut
         * @description Tracking statistics and every window. `benchmark_mix`: what the benchmark of these figures is made of.
         */
        readonly StatsOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            readonly benchmark_mix: components["schemas"]["StatsOut.MixOut"];
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Periods */
            readonly periods: {
                readonly [key: string]: components["schemas"]["StatsOut.PeriodOut"];
            };
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            readonly tracking: components["schemas"]["StatsOut.TrackingOut"];
        };
        /**
         * MixCoinOut
         * @description A coin of the benchmark and its share.
         */
        readonly "StatsOut.MixCoinOut": {
            /** Coin */
            readonly coin: string;
            /**
             * Weight Percent
             * @description In percent: 12.5 is 12.5 %
             */
            readonly weight_percent: number;
        };
        /**
         * MixOut
         * @description What the benchmark is made of; `resets`: it goes back to its weights once a week.
         */
        readonly "StatsOut.MixOut": {
            /** Coins */
            readonly coins: readonly components["schemas"]["StatsOut.MixCoinOut"][];
            /** Resets */
            readonly resets: boolean;
        };
        /**
         * PeriodOut
         * @description The figures of one window; `status` and `reason` are those of the return.
         */
        readonly "StatsOut.PeriodOut": {
            /** Available From */
            readonly available_from: string | null;
            /** Benchmark Max Drawdown Percent */
            readonly benchmark_max_drawdown_percent: number | null;
            /**
             * Benchmark Max Drawdown Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_max_drawdown_reason: string | null;
            /**
             * Benchmark Max Drawdown Status
             * @enum {string}
             */
            readonly benchmark_max_drawdown_status: "exact" | "estimated" | "unavailable";
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Excess Percent
             * @description Difference of both returns, in percentage points
             */
            readonly excess_percent: number | null;
            /**
             * Excess Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly excess_reason: string | null;
            /**
             * Excess Status
             * @enum {string}
             */
            readonly excess_status: "exact" | "estimated" | "unavailable";
            /** Has Days */
            readonly has_days: number;
            /**
             * Max Drawdown Percent
             * @description Of the index at 00:00 UTC of each day
             */
            readonly max_drawdown_percent: number | null;
            /**
             * Max Drawdown Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly max_drawdown_reason: string | null;
            /**
             * Max Drawdown Status
             * @description estimated also where one of these days has no value
             * @enum {string}
             */
            readonly max_drawdown_status: "exact" | "estimated" | "unavailable";
            /** Needs Days */
            readonly needs_days: number;
            /**
             * Pnl Percent
             * @description pnl / (start value + deposits of the period)
             */
            readonly pnl_percent: number | null;
            /**
             * Pnl Percent Reason
             * @description Why there is none
             */
            readonly pnl_percent_reason: string | null;
            /**
             * Pnl Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly pnl_reason: string | null;
            /**
             * Pnl Status
             * @enum {string}
             */
            readonly pnl_status: "exact" | "estimated" | "unavailable";
            /** Pnl Usd */
            readonly pnl_usd: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /** @description Where new capital came after a loss of everything in the window */
            readonly restart: components["schemas"]["StatsOut.RestartOut"] | null;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Twr Annualized Percent
             * @description Only from 365 days on
             */
            readonly twr_annualized_percent: number | null;
            /**
             * Twr Annualized Reason
             * @description Why there is none
             */
            readonly twr_annualized_reason: string | null;
            /** Twr Percent */
            readonly twr_percent: number | null;
            /**
             * Xirr Percent
             * @description A year's rate from 365 days on, else the figure of the period
             */
            readonly xirr_percent: number | null;
            /**
             * Xirr Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly xirr_reason: string | null;
            /**
             * Xirr Several Roots
             * @description Other rates solve it as well: this is the one nearest to 0
             */
            readonly xirr_several_roots: boolean;
            /**
             * Xirr Status
             * @enum {string}
             */
            readonly xirr_status: "exact" | "estimated" | "unavailable";
        };
        /**
         * RestartOut
         * @description The return since everything was lost, which stays -100 % in the window itself.
         */
        readonly "StatsOut.RestartOut": {
            /**
             * At
             * @description When everything was lost: `from` of what explains it, to the end of the window
             * @example 2026-11-20T14:00:00Z
             */
            readonly at: string;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Twr Percent */
            readonly twr_percent: number | null;
        };
        /**
         * TrackingOut
         * @description How much history there is.
         */
        readonly "StatsOut.TrackingOut": {
            /** Cash Flows */
            readonly cash_flows: number;
            /** Expected */
            readonly expected: number;
            /** First */
            readonly first: string | null;
            /** Last */
            readonly last: string | null;
            /** Missing */
            readonly missing: number;
            /** Snapshots */
            readonly snapshots: number;
        };
        /**
         * TelegramIn
         * @description The secret is the token of the bot.
         */
        readonly TelegramIn: {
            /** Chat Id */
            readonly chat_id: string;
            /** Enabled */
            readonly enabled: boolean;
            /**
             * Secret
             * @description Only ever written. Left out: the one that is kept, where it goes to the same place
             * @default null
             */
            readonly secret: string | null;
        };
        /**
         * TestIn
         * @description Which channel to try.
         */
        readonly TestIn: {
            /**
             * Channel
             * @enum {string}
             */
            readonly channel: "webhook" | "telegram" | "email";
        };
        /**
         * TestOut
         * @description What came of a test message.
         */
        readonly TestOut: {
            /**
             * Channel
             * @enum {string}
             */
            readonly channel: "webhook" | "telegram" | "email";
            /**
             * Detail
             * @description In words, why it was not
             */
            readonly detail: string;
            /** Sent */
            readonly sent: boolean;
        };
        /**
         * TokenIn
         * @description A token for a program.
         */
        readonly TokenIn: {
            /**
             * Name
             * @example backup script
             */
            readonly name: string;
            /**
             * Scopes
             * @description trade holds read, admin holds both
             */
            readonly scopes: readonly ("read" | "trade" | "admin")[];
        };
        /**
         * TokenMadeOut
         * @description The only time that the text of a token is told.
         */
        readonly TokenMadeOut: {
            /**
             * Created
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created: string;
            /**
             * Ending
             * @description The last characters of its text
             */
            readonly ending: string;
            /** Id */
            readonly id: number;
            /** Last Used */
            readonly last_used: string | null;
            /** Name */
            readonly name: string;
            /** Scopes */
            readonly scopes: readonly ("read" | "trade" | "admin")[];
            /** Token */
            readonly token: string;
        };
        /**
         * TokensOut
         * @description The tokens of programs.
         */
        readonly TokensOut: {
            /** Items */
            readonly items: readonly components["schemas"]["TokensOut.TokenItem"][];
        };
        /**
         * TokenItem
         * @description A token, but for its text.
         */
        readonly "TokensOut.TokenItem": {
            /**
             * Created
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created: string;
            /**
             * Ending
             * @description The last characters of its text
             */
            readonly ending: string;
            /** Id */
            readonly id: number;
            /** Last Used */
            readonly last_used: string | null;
            /** Name */
            readonly name: string;
            /** Scopes */
            readonly scopes: readonly ("read" | "trade" | "admin")[];
        };
        /**
         * TradeHistoryOut
         * @description A page of trades.
         */
        readonly TradeHistoryOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Items */
            readonly items: readonly components["schemas"]["TradeHistoryOut.TradeOut"][];
            /**
             * Method
             * @enum {string}
             */
            readonly method: "average" | "fifo" | "lifo" | "hifo";
            /** Next Cursor */
            readonly next_cursor: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Total
             * @description On all pages, under the same filter; null while they are being booked
             */
            readonly total: number | null;
        };
        /**
         * TradeOut
         * @description A fill of an order, or a swap outside the order book.
         */
        readonly "TradeHistoryOut.TradeOut": {
            /** Account */
            readonly account: number;
            /** Account Name */
            readonly account_name: string;
            /** Base Asset */
            readonly base_asset: string;
            /** Fee */
            readonly fee: string | null;
            /** Fee Asset */
            readonly fee_asset: string | null;
            /** Fee Usd */
            readonly fee_usd: string | null;
            /** Id */
            readonly id: string;
            /**
             * Kind
             * @enum {string}
             */
            readonly kind: "trade" | "convert";
            /**
             * Price
             * @description In the quote asset
             */
            readonly price: string | null;
            /**
             * Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quantity: string;
            /** Quote Asset */
            readonly quote_asset: string;
            /**
             * Quote Quantity
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly quote_quantity: string;
            /**
             * Realized Pnl
             * @description After fees; null where nothing was closed
             */
            readonly realized_pnl: string | null;
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Side
             * @enum {string}
             */
            readonly side: "BUY" | "SELL";
            /**
             * Source
             * @enum {string}
             */
            readonly source: "exchange" | "manual" | "csv";
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Symbol */
            readonly symbol: string;
            /**
             * Time
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly time: string;
            /**
             * Value Usd
             * @description Of the quote leg
             */
            readonly value_usd: string | null;
        };
        /**
         * TwrHistoryOut
         * @description The growth of the window, thinned with its extremes kept.
         */
        readonly TwrHistoryOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /** Flows */
            readonly flows: readonly components["schemas"]["TwrHistoryOut.FlowMarkOut"][];
            /** Gaps */
            readonly gaps: readonly components["schemas"]["TwrHistoryOut.GapOut"][];
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Replayed Until
             * @description Values before this were seen by nobody: the ledger and the candles of the time make them
             */
            readonly replayed_until: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /** Series */
            readonly series: readonly components["schemas"]["TwrHistoryOut.PointOut"][];
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
        };
        /**
         * FlowMarkOut
         * @description A cash flow on the rail below the chart.
         */
        readonly "TwrHistoryOut.FlowMarkOut": {
            /**
             * Amount Usd
             * @description Decimal in the reporting currency
             * @example 1250.45
             */
            readonly amount_usd: string;
            /**
             * T
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly t: string;
            /**
             * Type
             * @enum {string}
             */
            readonly type: "DEPOSIT" | "WITHDRAW";
        };
        /**
         * GapOut
         * @description An interval without snapshots: nothing is drawn across it.
         */
        readonly "TwrHistoryOut.GapOut": {
            /**
             * From
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly from: string;
            /**
             * To
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly to: string;
        };
        /**
         * PointOut
         * @description One point of the chart; returns are rebased to the start of the window.
         */
        readonly "TwrHistoryOut.PointOut": {
            /** Benchmark Drawdown Percent */
            readonly benchmark_drawdown_percent: number | null;
            /** Benchmark Percent */
            readonly benchmark_percent: number | null;
            /**
             * Drawdown Percent
             * @description Below the highest snapshot of the window so far; null with `display`, where it is not known
             */
            readonly drawdown_percent: number | null;
            /**
             * Hold Percent
             * @description Return of the shadow that only holds what there was
             */
            readonly hold_percent: number | null;
            /** Net Deposits Usd */
            readonly net_deposits_usd: string | null;
            /**
             * T
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly t: string;
            /** Twr Percent */
            readonly twr_percent: number | null;
            /** Value Usd */
            readonly value_usd: string | null;
        };
        /**
         * TwrOut
         * @description Time-weighted return of one window.
         */
        readonly TwrOut: {
            /**
             * As Of
             * @description Instant of the newest data used, on the exchange's clock
             */
            readonly as_of: string | null;
            /** Available From */
            readonly available_from: string | null;
            /**
             * Benchmark Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly benchmark_reason: string | null;
            /**
             * Benchmark Status
             * @enum {string}
             */
            readonly benchmark_status: "exact" | "estimated" | "unavailable";
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /**
             * Environment
             * @enum {string}
             */
            readonly environment: "demo" | "simulator" | "testnet" | "live";
            /**
             * Excess Percent
             * @description Difference of both returns, in percentage points
             */
            readonly excess_percent: number | null;
            /**
             * Excess Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly excess_reason: string | null;
            /**
             * Excess Status
             * @enum {string}
             */
            readonly excess_status: "exact" | "estimated" | "unavailable";
            /**
             * Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly reason: string | null;
            /**
             * Reporting Currency
             * @example USDT
             */
            readonly reporting_currency: string;
            /**
             * Reporting Currency Depeg
             * @description The reporting currency is not worth a dollar now
             */
            readonly reporting_currency_depeg: boolean;
            /**
             * Stale
             * @description The data are older than two refresh intervals
             */
            readonly stale: boolean;
            /** Start */
            readonly start: string | null;
            /**
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /**
             * Twr Annualized Percent
             * @description Only from 365 days on
             */
            readonly twr_annualized_percent: number | null;
            /**
             * Twr Annualized Reason
             * @description Why there is none
             */
            readonly twr_annualized_reason: string | null;
            /** Twr Percent */
            readonly twr_percent: number | null;
        };
        /**
         * WebhookIn
         * @description The secret signs each message: HMAC-SHA256 over time and body, in X-Portfolio-Signature.
         */
        readonly WebhookIn: {
            /** Enabled */
            readonly enabled: boolean;
            /**
             * Secret
             * @description Only ever written. Left out: the one that is kept, where it goes to the same place
             * @default null
             */
            readonly secret: string | null;
            /**
             * Url
             * @example https://hooks.example.org/portfolio
             */
            readonly url: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

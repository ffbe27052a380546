// Generated from docs/openapi.json by `npm run types`. Do not edit.
export interface paths {
    readonly "/api/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The accounts, and where each is known from */
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
        /** Make an account that lives from statements */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        readonly put?: never;
        readonly post?: never;
        /** Let an account go, with or without its data */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
    readonly "/api/addresses": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Own addresses outside the exchange, and what they hold */
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
        /** Tell an address of one's own */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Forget an address */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Name an address otherwise, or treat what went there otherwise */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
    readonly "/api/demo/actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Deposit, withdraw or move a price in the demo */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Server-sent events: balances, snapshot, cashflow, sync, import, alert; honours Last-Event-ID */
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
        /** Imports, newest first */
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
        /** Preview exports of the exchange or a CSV of cash flows; nothing is written yet */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** An import: its preview, or what was written */
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
        /** Say how to read the file; previews it anew */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Write the new lines; once, however often it is asked for */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Say that the refused lines are seen to: they leave nothing estimated */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Lines of a preview, all or of one state */
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
        /** Take back what an import wrote, but for flows changed by hand since */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Does the ledger, replayed, give today's balances? */
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
        /** What each history was read for, and what is missing */
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
        /** Stop reading the past at the next question; what is new is read on */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** How far the import of each account is, and how long it will take */
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
        /** Go on where a pause stopped, with the next refresh */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** What the collector's tasks did, newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly cursor?: string | null;
                    readonly level?: "ok" | "run" | "retry" | "warning";
                    readonly limit?: number;
                    readonly task?: ("balances" | "history" | "snapshot" | "books" | "streams" | "connection_test" | "demo_action") | null;
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
    readonly "/api/logs/latency": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How long refreshes, snapshots and the exchange's answers took in the last hour */
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
        /** What the change of value is made of, and what is left unexplained */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
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
        /** The benchmark of a window, and what holding only would have made */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly account?: number | null;
                    readonly days?: number;
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
        /** Cash flows, newest first */
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
        /** Record a deposit or withdrawal by hand */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Change a cash flow */
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
        /** Delete a cash flow entered by hand */
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
        /** Say whether a deposit came from an own address */
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
        /** Say whether an unexplained change was a cash flow */
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
        /** Say whether two cash flows are one move between own accounts */
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
        /** Accounts side by side */
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
        /** Days: average and closing value beside the benchmark, and how both stand now */
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
        /** The deepest falls below a peak, the deepest first */
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
        /** How a figure was made: formula, linked sub-periods, rows, gaps */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly account?: number | null;
                    readonly asset?: string | null;
                    readonly cursor?: number | null;
                    readonly days?: number;
                    readonly format?: "json" | "csv";
                    readonly limit?: number;
                    readonly metric: "twr" | "twr_annualized" | "pnl" | "pnl_percent" | "net_flows" | "benchmark_twr" | "excess" | "xirr" | "value" | "change_today" | "net_deposits" | "profit" | "realized" | "unrealized" | "position_realized" | "position_unrealized";
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
        /** Month-end values, returns and cash flows */
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
        /** Profit of the last days (0: total) */
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
        /** Risk figures of a window, beside those of the benchmark */
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
        /** Snapshots, newest first */
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
        /** Take a snapshot now */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Tracking statistics and all windows */
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
        /** The growth of a window as chart points */
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
        /** Time-weighted return of the last days (0: total) */
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
        /** Current balances, valued */
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
        /** Call the exchange with the account's key */
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
        /** Lists as files: balances, trades, cash flows, disposals of a year ... */
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
        /** Coins that came from outside, and what they had cost */
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
        /** Say what coins from outside had cost */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Profit and risk of a period */
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
        /** Net asset value by wallet */
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
        /** Total value, profit and what needs attention */
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
        /** Profit of a period by coin and contract */
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
        /** Positions, open and closed */
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
        /** The balances at hand; starts a refresh */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Trades, newest first */
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
        /** What is set for this installation */
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
        /** Set which coins lists leave out, and the risk-free rate */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** What the benchmark is made of */
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
        /** Set what the benchmark is made of */
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
                /** @description The write comes from another site, or what it names may not be changed */
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
        /** Whether the program works: 200 ok or degraded, 503 down */
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings
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
             * @description A key of the settings reads it
             */
            readonly has_read_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Key
             * @description settings: its key stands in .env or the accounts file, or it is the demo's; gone: the key that it was made for does not any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "settings" | "gone" | "none";
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
        };
        /**
         * AccountIn
         * @description An account that lives from statements. Keys come from .env or the accounts file.
         */
        readonly AccountIn: {
            /**
             * Environment
             * @description The installation's; left out: that
             * @default null
             */
            readonly environment: ("demo" | "simulator" | "testnet" | "live") | null;
            /**
             * Name
             * @description At most 60 letters, not there yet, whatever its case
             */
            readonly name: string;
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
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings
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
             * @description A key of the settings reads it
             */
            readonly has_read_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Key
             * @description settings: its key stands in .env or the accounts file, or it is the demo's; gone: the key that it was made for does not any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "settings" | "gone" | "none";
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
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
             * Created At
             * @description ISO 8601, UTC
             * @example 2026-11-20T14:00:00Z
             */
            readonly created_at: string;
            /**
             * Deletable
             * @description False while its key stands in the settings
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
             * @description A key of the settings reads it
             */
            readonly has_read_key: boolean;
            /** Id */
            readonly id: number;
            /**
             * Key
             * @description settings: its key stands in .env or the accounts file, or it is the demo's; gone: the key that it was made for does not any more; none: it lives from statements
             * @enum {string}
             */
            readonly key: "settings" | "gone" | "none";
            /** Last Event At */
            readonly last_event_at: string | null;
            /**
             * Last Statement At
             * @description Of an account without a key: its quantities are as of then; null while it waits for a statement
             */
            readonly last_statement_at: string | null;
            /** Name */
            readonly name: string;
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
             * Difference Usd
             * @description Real value less the shadow's
             */
            readonly difference_usd: string | null;
            /**
             * Excess Percent
             * @description Real return since then less that, in percentage points
             */
            readonly excess_percent: number | null;
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
             * @description `all`: a move between own wallets needs no event, so coins are compared together
             */
            readonly wallet: string;
            /** Wallets */
            readonly wallets: readonly components["schemas"]["CertificateOut.WalletQuantityOut"][];
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
         * WalletQuantityOut
         * @description What one wallet holds.
         */
        readonly "CertificateOut.WalletQuantityOut": {
            /**
             * Reported
             * @description Decimal quantity of the asset
             * @example 0.5
             */
            readonly reported: string;
            /** Wallet */
            readonly wallet: string;
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
         * @description The window of one account.
         */
        readonly "CompareOut.ComparedAccountOut": {
            /** Available From */
            readonly available_from: string | null;
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** End */
            readonly end: string | null;
            /** Excess Percent */
            readonly excess_percent: number | null;
            /** Id */
            readonly id: number;
            /**
             * Max Drawdown Percent
             * @description The deepest fall between two snapshots of the window
             */
            readonly max_drawdown_percent: number | null;
            /** Name */
            readonly name: string;
            /** Pnl Percent */
            readonly pnl_percent: number | null;
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
            /** Benchmark Return Percent */
            readonly benchmark_return_percent: number | null;
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
             * @description Time-weighted; of one account alone
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
            readonly metric: "twr" | "twr_annualized" | "pnl" | "pnl_percent" | "net_flows" | "benchmark_twr" | "excess" | "xirr" | "value" | "change_today" | "net_deposits" | "profit" | "realized" | "unrealized" | "position_realized" | "position_unrealized";
            /** Next Cursor */
            readonly next_cursor: number | null;
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
             * @description The very figure that the pages show; percent: a number
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
            readonly unit: "percent" | "money";
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
            /** Largest Value Distance S */
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
             * Factor
             * @description Of a payment: what it is discounted by
             */
            readonly factor: string | null;
            /** Id */
            readonly id: number | null;
            /** Kind */
            readonly kind: string;
            /** Label */
            readonly label: string;
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
             * Status
             * @enum {string}
             */
            readonly status: "exact" | "estimated" | "unavailable";
            /** Table */
            readonly table: string | null;
            /** Value */
            readonly value: string | null;
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
            readonly kind: "link" | "nothing_held" | "emptied" | "gain_without_capital" | "reset" | "rounding" | "not_explained";
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
             * Value Distance S
             * @description How far from the flow its value was taken; null: at no flow
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
            /** Detail */
            readonly detail: string | null;
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
            readonly name: "pages" | "database" | "collector" | "exchange" | "streams" | "snapshots" | "history" | "redis" | "simulator";
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
            readonly task: "balances" | "history" | "snapshot" | "books" | "streams" | "connection_test" | "demo_action";
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
             * @description The same money, half BTC and half ETH
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
         * @description Profit of one window, cash flows taken out.
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
         * @description Tracking statistics and every window.
         */
        readonly StatsOut: {
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
         * PeriodOut
         * @description The figures of one window.
         */
        readonly "StatsOut.PeriodOut": {
            /** Available From */
            readonly available_from: string | null;
            /** Benchmark Max Drawdown Percent */
            readonly benchmark_max_drawdown_percent: number | null;
            /** Benchmark Twr Percent */
            readonly benchmark_twr_percent: number | null;
            /** Days */
            readonly days: number;
            /** End */
            readonly end: string | null;
            /** Excess Percent */
            readonly excess_percent: number | null;
            /** Has Days */
            readonly has_days: number;
            /** Max Drawdown Percent */
            readonly max_drawdown_percent: number | null;
            /** Needs Days */
            readonly needs_days: number;
            /** Pnl Percent */
            readonly pnl_percent: number | null;
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
            /** Twr Annualized Percent */
            readonly twr_annualized_percent: number | null;
            /** Twr Percent */
            readonly twr_percent: number | null;
            /** Xirr Percent */
            readonly xirr_percent: number | null;
            /**
             * Xirr Reason
             * @description Why a figure is estimated or unavailable: a stable code
             */
            readonly xirr_reason: string | null;
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
            /** Twr Percent */
            readonly twr_percent: number | null;
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

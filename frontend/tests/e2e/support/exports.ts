// Exports of the exchange, made up: as its transaction history of today writes them.
export const HISTORY = 'User ID,Time,Account,Operation,Coin,Change,Remark';

export const back = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
/** As the exports of today write instants: two digits of the year. */
export const wall = (iso: string): string => iso.slice(2, 19).replace('T', ' ');
export const row = (iso: string, operation: string, coin: string, change: string): string => `1,${wall(iso)},Spot,${operation},${coin},${change},`;
export const csv = (...lines: string[]): Buffer => Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);

// A long list from its newest end: the newest page comes again with news, older ones are loaded on demand.

export interface Page<Item> {
  /** Newest first. */
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}
/** What is loaded, without holes, and where it goes on. */
export type Tail<Item> = Page<Item>;

/** The newest page before what is known. Where lines lie between the two that nobody loaded, the older ones go. */
export function withNewest<Item extends { readonly id: number }>(known: Tail<Item>, page: Page<Item>): Tail<Item> {
  const oldest = page.items.at(-1)?.id ?? 0;
  const older = known.items.filter(({ id }) => id < oldest);
  const joined = (known.items[0]?.id ?? 0) >= oldest;
  return joined && older.length ? { items: [...page.items, ...older], next_cursor: known.next_cursor } : page;
}

/** A further page behind what is known. */
export function withOlder<Item extends { readonly id: number }>(known: Tail<Item>, page: Page<Item>): Tail<Item> {
  const last = known.items.at(-1)?.id ?? Infinity;
  return { items: [...known.items, ...page.items.filter(({ id }) => id < last)], next_cursor: page.next_cursor };
}

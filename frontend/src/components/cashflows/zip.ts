// Several files in one: a zip as the server reads it. Names are kept, since they tell time zones.

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20; // deflate
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1 January 1980: what a zip can say at least; nobody reads it. */
const DATE = 0x0021;

const TABLE = Uint32Array.from({ length: 256 }, (_none, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (TABLE[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8); // the table has 256 entries
  return (c ^ 0xffffffff) >>> 0;
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Response(bytes.slice()).body?.pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Numbers of two and four bytes, least first. */
function record(...fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const out = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) out.setUint16(at, value, true);
    else out.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(out.buffer);
}

/** A zip of the files, in their order. */
export async function zipped(files: readonly NamedBytes[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const listed: Uint8Array[] = [];
  let at = 0;
  const put = (list: Uint8Array[], ...more: Uint8Array[]): number => {
    list.push(...more);
    return more.reduce((sum, one) => sum + one.length, 0);
  };
  for (const { name, bytes } of files) {
    const words = new TextEncoder().encode(name);
    const packed = await deflated(bytes);
    const about = [[2, VERSION], [2, UTF8_NAMES], [2, DEFLATED], [2, 0], [2, DATE], [4, crc32(bytes)], [4, packed.length], [4, bytes.length], [2, words.length], [2, 0]] as const;
    put(listed, record([4, CENTRAL], [2, VERSION], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), words);
    at += put(parts, record([4, LOCAL], ...about), words, packed);
  }
  const size = listed.reduce((sum, one) => sum + one.length, 0);
  put(parts, ...listed, record([4, END], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]));
  const all = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

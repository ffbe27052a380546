// A picture of a page as a PNG of at most 160 colours: a quarter of the bytes, and flat panels with sharp letters lose nothing.
/* global createImageBitmap, document -- of the page that decodes */
import { deflateSync, crc32 } from 'node:zlib';

const COLOURS = 160;
const SURFACES = 40; // so many are kept as they are: panels, lines and letters
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Runs in a page: the colours of a picture, `COLOURS` or fewer, and the number of one for each pixel. */
async function reduced([base64, most, kept]) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const apart = (a, b) => Math.hypot((a & 255) - (b & 255), ((a >> 8) & 255) - ((b >> 8) & 255), ((a >> 16) & 255) - ((b >> 16) & 255));
  const nearest = (colour, among) => among.reduce((best, one, at) => (apart(colour, one) < apart(colour, among[best]) ? at : best), 0);
  // The most frequent ones, then those that are not much like one before; the fewer there are, the closer they may be.
  const all = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const colours = all.slice(0, kept);
  for (let distance = 48; distance >= 3 && colours.length < most; distance -= 3) {
    for (const colour of all) {
      if (colours.length === most) break;
      if (!colours.some((one) => apart(one, colour) < distance)) colours.push(colour);
    }
  }
  const numbers = new Map(all.map((colour) => [colour, nearest(colour, colours)]));
  const indices = Uint8Array.from(pixels, (pixel) => numbers.get(pixel));
  let text = '';
  for (let at = 0; at < indices.length; at += 0x8000) text += String.fromCharCode(...indices.subarray(at, at + 0x8000));
  return { width: bitmap.width, height: bitmap.height, colours, indices: btoa(text) };
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'ascii'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The PNG `picture` with fewer colours. `page` decodes it: any page of the browser, it is not changed. */
export async function palettePng(page, picture) {
  const { width, height, colours, indices } = await page.evaluate(reduced, [picture.toString('base64'), COLOURS, SURFACES]);
  const pixels = Buffer.from(indices, 'base64');
  const rows = Buffer.alloc(height * (width + 1)); // each row begins with a 0: no filter
  for (let row = 0; row < height; row++) pixels.copy(rows, row * (width + 1) + 1, row * width, (row + 1) * width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits, by palette
  const palette = Buffer.from(colours.flatMap((colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

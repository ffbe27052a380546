// All data of the program as one file.
import { readFile } from '@/api/client';
import { download } from '@/lib/download';

const PATH = '/api/portfolio/export/all';

/** Have the server make one, and hand it to the browser under the name that it was given; returns that name. */
export async function takeDataExport(): Promise<string> {
  const { name, content } = await readFile(PATH);
  download(name, content);
  return name;
}

/** Hand data to the browser as a file. */
export function download(name: string, data: Blob): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data once the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

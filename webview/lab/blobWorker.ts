/**
 * A worker of a script of the extension. A webview's origin is not that of its scripts, and a worker has to be of the
 * same origin: so its text is fetched and given as a blob. The page's policy needs `connect-src` for the script's
 * source, `worker-src blob:` and, for the kernels, `script-src 'wasm-unsafe-eval'`, which the worker inherits.
 */
export async function blobWorker(url: string): Promise<Worker> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const address = URL.createObjectURL(new Blob([await answer.text()], { type: "text/javascript" }));
  const worker = new Worker(address);
  // The worker has been told to load it; the address is not needed again.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return worker;
}

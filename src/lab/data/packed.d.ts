/** esbuild's `binary` loader: the file's bytes, in the bundle. */
declare module "*.bin" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** A table that is made when it is first asked for: loading the engine must not wait for what a file may never need. */
export function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

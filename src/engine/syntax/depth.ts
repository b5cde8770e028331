/**
 * Lezer builds its tree by recursion: a text nested thousands deep ends the call stack, at a depth that nobody can
 * tell beforehand. Such a text is no model, and reads as empty.
 */
export function unlessTooDeep<T>(read: () => T, empty: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return empty;
    throw error;
  }
}

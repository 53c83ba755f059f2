/** Waits for all of them even if one fails, so that nothing goes on behind the caller's back; rejects with the first failure. */
export async function allDone<const T extends readonly Promise<unknown>[]>(
  work: T,
): Promise<{ -readonly [I in keyof T]: Awaited<T[I]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** Waits for all of them even if one fails, so that nothing goes on behind the caller's back; rejects with the first failure. */
export async function allDone<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

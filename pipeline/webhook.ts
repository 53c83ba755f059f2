import { setTimeout as sleep } from 'node:timers/promises';

export interface Attempts {
  /** Milliseconds to wait before each further try; as many tries as entries, and one. */
  readonly pauses: readonly number[];
  /** Milliseconds that one try may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

export const USUAL_ATTEMPTS = { pauses: [1_000, 5_000], timeout: 10_000 } as const;

export interface Sent {
  readonly delivered: boolean;
  readonly attempts: number;
  /** `HTTP 503`, `ECONNREFUSED`, `TimeoutError`; null when delivered. Never the address, which may hold a secret. */
  readonly trouble: string | null;
}

/**
 * Posts `body` as JSON to `url` until a server takes it (2xx) or the tries are used up. What will not get better by itself, such
 * as 404, is not tried again. Redirects are not followed. Never rejects: a webhook that is down must not spoil a night.
 */
export async function postJson(url: string, body: object, attempts: Attempts): Promise<Sent> {
  let last: Answer = { trouble: 'aborted', again: false };
  let tries = 0;
  for (const pause of [0, ...attempts.pauses]) {
    if (!(await paused(pause, attempts.signal))) break;
    tries++;
    last = await post(url, JSON.stringify(body), attempts);
    if (last.trouble === null || !last.again) break;
  }
  return { delivered: last.trouble === null, attempts: tries, trouble: last.trouble };
}

interface Answer {
  readonly trouble: string | null;
  readonly again: boolean;
}

async function post(url: string, body: string, { timeout, signal }: Attempts): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    await response.body?.cancel();
    if (response.ok) return { trouble: null, again: false };
    const { status } = response;
    return { trouble: `HTTP ${status}`, again: status === 408 || status === 429 || status >= 500 };
  } catch (error) {
    return { trouble: nameOf(error), again: !signal.aborted };
  }
}

/** False: aborted meanwhile. */
async function paused(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** fetch puts the system's error code into the cause. */
function nameOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.name : 'Error';
}

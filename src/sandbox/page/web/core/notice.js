import { Refused } from './api.js';
import { setState } from './store.js';

/** @param {string} text @param {boolean} [isProblem] */
export function tell(text, isProblem = false) {
  setState({ notice: { text, isProblem } });
}

export function clearNotice() {
  setState({ notice: null });
}

/**
 * Runs `act`; what the sandbox refuses is told on the page.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T | undefined>}
 */
export async function telling(act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(error.message, true);
    return undefined;
  }
}

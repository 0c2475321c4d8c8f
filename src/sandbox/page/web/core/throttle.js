/**
 * Runs `act` soon after the first call and at most once in `ms`, however often it is asked for; runs never overlap.
 * @param {number} ms
 * @param {() => unknown} act
 * @returns {() => void}
 */
export function throttle(ms, act) {
  let isWaiting = false;
  let isRunning = false;
  let wasAsked = false;
  const run = async () => {
    isWaiting = false;
    isRunning = true;
    try {
      await act();
    } finally {
      isRunning = false;
      if (wasAsked) ask();
    }
  };
  const ask = () => {
    wasAsked = isRunning;
    if (isWaiting || isRunning) return;
    isWaiting = true;
    setTimeout(() => void run(), ms);
  };
  return ask;
}

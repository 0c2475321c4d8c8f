/** `{ restUrl, token }` of the sandbox, and whatever else the judge gives one client. */
export const settings = JSON.parse(process.argv[2] ?? '{}');

/** One JSON line about what the bot saw. */
export function report(event, details = {}) {
  process.stdout.write(`${JSON.stringify({ event, ...details }, idsAsText)}\n`);
}

/** discordeno's ids are bigints. */
function idsAsText(_, value) {
  return typeof value === 'bigint' ? String(value) : value;
}

// The judge holds our stdin: when it is gone, so are we.
process.stdin.on('end', () => process.exit(0)).resume();

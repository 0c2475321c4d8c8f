// Plain JavaScript on purpose: a Node too old for Shoal cannot even load TypeScript, so this file must run on it.
const wanted = 24;
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < wanted) {
  process.stderr.write(
    `shoal: Node.js ${wanted} or newer is needed, this is ${process.versions.node} (${process.execPath}). ` +
      'Run through npm scripts after `npm ci` (they use the pinned Node on Linux), or install Node.js 24.\n',
  );
  process.exit(78);
}

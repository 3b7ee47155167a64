// Read before anything else, by a Node that may be very old: no syntax or module of a recent one here.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    'PainChain needs Node 20.19 or newer and this is ' +
      process.versions.node +
      '. Install Node 24 (https://nodejs.org), or run: nvm install\n',
  );
  process.exit(1);
}

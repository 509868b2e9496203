// Serves ServeRest on loopback alone: listen.cjs <folder it is installed in> <port>
const { createRequire } = require('node:module');
const path = require('node:path');

const [, , folder, port] = process.argv;
// It reads its own command line.
process.argv = [...process.argv.slice(0, 2), '--porta', port, '--nodoc'];
createRequire(path.join(folder, 'package.json'))('serverest/src/app.js').listen(Number(port), '127.0.0.1');

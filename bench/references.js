// Reads many image references. Arguments: lib folder, how many.
const path = require('node:path');

const [lib, count] = process.argv.slice(2);
const { ImageReference } = require(path.join(lib, 'model'));

for (let index = 0; index < Number(count); index++)
  ImageReference.tryParse(`reg-${index % 97}.example.com:5000/team/app:v${index}`);

// Seals one value for many namespaces, by this package or by Node.js alone: node bench/sealing.js <lib> <count> ours|bare <certificate>
const { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const [lib, count, way, file] = process.argv.slice(2);
const value = JSON.stringify({ auth: 'x'.repeat(80), password: 'x'.repeat(40), username: 'robot' });
const { readCertificate } = require(path.join(lib, 'sealing/certificate.js'));
const { sealValue } = require(path.join(lib, 'sealing/sealed-value.js'));
const pem = fs.readFileSync(file);
const certificate = readCertificate(pem, new Date());
const { publicKey } = new X509Certificate(pem);

function bare(label) {
  const key = randomBytes(32);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  publicEncrypt({ key: publicKey, padding, oaepHash: 'sha256', oaepLabel: Buffer.from(label) }, key);
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  cipher.update(value);
  cipher.final();
}

for (let index = 0; index < Number(count); index++) {
  const label = `team-${index}/pull`;
  if (way === 'ours') sealValue(certificate, value, label);
  else bare(label);
}

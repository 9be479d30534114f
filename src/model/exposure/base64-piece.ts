/** A piece of a text that is base64 of a text. */
export interface Base64Piece {
  readonly offset: number;
  readonly decoded: string;
}

/** As short as a piece may be: shorter ones are names. */
const run =
  /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{16,}(?:\r?\n[ \t]*[A-Za-z0-9+/]{16,})*(?:\r?\n[ \t]*[A-Za-z0-9+/]{2,}(?==))?={0,2}/g;

/** The pieces that are base64 of a text, over several lines, too. What is ciphertext decodes to no text. */
export function base64Pieces(text: string): Base64Piece[] {
  const pieces: Base64Piece[] = [];
  for (const { 0: piece, index } of text.matchAll(run)) {
    if (!isText(Buffer.from(piece.slice(0, 16), 'base64'))) continue;
    pieces.push({ offset: index, decoded: Buffer.from(piece, 'base64').toString('utf8') });
  }
  return pieces;
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 ? byte !== 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d));
}

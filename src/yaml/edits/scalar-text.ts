import { plainScalarKind } from '../plain-scalar.js';

// Plain in blocks and in brackets; what begins like a number or a date may be none to other readers of YAML.
const plain = /^(?:[A-Za-z_./]|\d+[A-Za-z])[\w./-]*$/;

/** A text as a YAML scalar on one line, in quotes only where YAML needs them. */
export function scalarText(text: string): string {
  return plain.test(text) && plainScalarKind(text) === 'text' ? text : JSON.stringify(text);
}

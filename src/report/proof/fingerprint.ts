import { createHash } from 'node:crypto';
import type { FindingRow } from './finding-row.js';

/**
 * A text for each finding that is the same as long as the finding is: made of its code, object, container and image, and
 * of none of the lines, so that it survives what is written above it. Equal ones are numbered in their order.
 */
export function fingerprints(findings: readonly FindingRow[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const print = hash(identity(finding));
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    return count === 1 ? print : hash([print, String(count)]);
  });
}

function identity({ code, about, message, container, image, source, file = '' }: FindingRow): readonly string[] {
  if (!about) return [code, source ?? file, withoutLines(message)];
  const subject = [code, about.kind, about.namespace ?? '', about.name];
  if (container === undefined || image === undefined) return [...subject, withoutLines(message)];
  return [...subject, container, image];
}

/** A message may say where something else stands. */
function withoutLines(message: string): string {
  return message.replace(/:\d+(?::\d+)?\b|\bline \d+/g, '');
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

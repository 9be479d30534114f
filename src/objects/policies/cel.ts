import type { TextCondition, TextLanguage } from '../../model/reach/text-condition.js';
import { writeCondition } from '../../model/reach/text-condition.js';
import { patternExpression } from './name-pattern.js';

/** A CEL string literal. JSON's escapes are a subset of CEL's. */
export function celText(text: string): string {
  return JSON.stringify(text);
}

/**
 * When any of the texts of a list meets a condition. Only string functions of the API server's own CEL environment
 * (k8s.io/apiserver/pkg/cel/environment), which Kyverno has too: its image library throws on images that it cannot read.
 */
export function celAny(list: string, condition: TextCondition): string {
  return `${list}.exists(i, i != "" && (${writeCondition(condition, language)}))`;
}

const language: TextLanguage = {
  is: (text) => `i == ${celText(text)}`,
  startsWith: (prefix) => `i.startsWith(${celText(prefix)})`,
  segments: (count) => `i.split("/").size() == ${count}`,
  startsWithHost:
    'i.contains("/") && (i.split("/")[0].contains(".") || i.split("/")[0].contains(":") || i.split("/")[0] == "localhost" || i.split("/")[0] != i.split("/")[0].lowerAscii())',
  never: 'false',
};

/** When a text matches any of the patterns; undefined where all do. */
export function celMatches(text: string, patterns: readonly string[]): string | undefined {
  if (patterns.includes('*')) return undefined;
  const exact = patterns.filter((pattern) => !pattern.includes('*'));
  const wild = patterns.filter((pattern) => pattern.includes('*'));
  const parts = [
    ...(exact.length > 0 ? [`${text} in [${exact.map(celText).join(', ')}]`] : []),
    ...(wild.length > 0 ? [`${text}.matches(${celText(patternExpression(wild))})`] : []),
  ];
  return parts.length === 0 ? 'false' : parts.join(' || ');
}

import type { TextCondition, TextLanguage } from '../../model/reach/text-condition.js';
import { writeCondition } from '../../model/reach/text-condition.js';

/** A raw string of JMESPath; hosts, paths and names hold no quote. */
export function jmesText(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

/**
 * How many texts of a list meet a condition, for preconditions of a ClusterPolicy. Kyverno's own operators compare with
 * wildcards, and its `images` object leaves image volumes out. The pipe ends the projection of the list, in which a filter
 * would be asked of each text for itself.
 */
export function jmesCount(list: string, condition: TextCondition): string {
  return `${list} | [?@ && (${writeCondition(condition, language)})] | length(@)`;
}

const first = "split(@, '/')[0]";

const language: TextLanguage = {
  is: (text) => `@ == ${jmesText(text)}`,
  startsWith: (prefix) => `starts_with(@, ${jmesText(prefix)})`,
  segments: (count) => `length(split(@, '/')) == \`${count}\``,
  startsWithHost: `contains(@, '/') && (contains(${first}, '.') || contains(${first}, ':') || ${first} == 'localhost' || ${first} != to_lower(${first}))`,
  never: '`false`',
};

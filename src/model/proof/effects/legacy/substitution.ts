import { evaluateJmes } from '../jmespath/jmespath.js';
import { fault, isList, unknown, type Value, ValueMap, valueFrom } from '../language/value.js';

/** A variable as Kyverno finds it (pkg/engine/variables/regex); what is escaped or nested is not known here. */
const variable = /\{\{((?:\{[^{}]*\}|[^{}])*)\}\}/g;

/** Plain data of a policy with its variables filled in: `fault` where one of them names what is not there. */
export function substituted(plain: unknown, root: ValueMap): Value {
  if (typeof plain === 'string') return filled(plain, root);
  if (Array.isArray(plain)) return whole(plain.map((each) => substituted(each, root)));
  if (typeof plain !== 'object' || plain === null) return valueFrom(plain);
  const entries = Object.entries(plain).map(([key, each]) => [key, substituted(each, root)] as const);
  const failed = entries.find(([, each]) => each === fault);
  return failed ? fault : new ValueMap(entries);
}

function whole(values: readonly Value[]): Value {
  return values.includes(fault) ? fault : values;
}

/** A text that is one variable takes the variable's type. */
function filled(text: string, root: ValueMap): Value {
  if (!text.includes('{{') && !text.includes('$(')) return text;
  if (text.includes('$(') || text.includes('\\{{')) return unknown;
  const [only, expression = ''] = /^\{\{((?:\{[^{}]*\}|[^{}])*)\}\}$/.exec(text.trim()) ?? [];
  if (only !== undefined) return evaluateJmes(expression.trim(), root);
  const values: Value[] = [];
  const result = text.replace(variable, (_match, inner: string) => {
    const value = evaluateJmes(inner.trim(), root);
    values.push(value);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  });
  if (values.includes(fault)) return fault;
  const isText = values.every(
    (each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean',
  );
  return isText && !result.includes('{{') ? result : unknown;
}

/** The texts of a value; undefined where it is not made of texts alone. */
export function textsIn(value: Value): readonly string[] | undefined {
  const items = isList(value) ? value : [value];
  const texts = items.map((each) =>
    typeof each === 'string' ? each : typeof each === 'number' || typeof each === 'boolean' ? String(each) : undefined,
  );
  return texts.every((each) => each !== undefined) ? texts : undefined;
}

const form = /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/;
const seconds: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** The seconds of a duration as Go writes them (`time.ParseDuration`), such as `1h30m`; undefined for another text. */
export function durationSeconds(text: string): number | undefined {
  if (!form.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/g)];
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (seconds[unit] ?? 0), 0);
}

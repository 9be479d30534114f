/** How many days before a credential expires a rotation is due, where nothing is said. */
const defaultRotateBefore = '14d';

/** True for a day of the calendar, such as `2027-01-31`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isInCalendar(text);
}

function isInCalendar(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The number of days in a text such as `14d`; undefined for any other text. */
export function daysOf(text: string): number | undefined {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  return days === undefined ? undefined : Number(days);
}

/** How a credential stands on a day. */
export type Due = 'expired' | 'due' | 'fine';

/** Whether a rotation is due. Days are compared as texts, which have the order of the calendar. */
export function dueOn(today: string, expires: string, rotateBefore: string = defaultRotateBefore): Due {
  if (expires <= today) return 'expired';
  const first = new Date(`${expires}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - (daysOf(rotateBefore) ?? 0));
  return first.toISOString().slice(0, 10) <= today ? 'due' : 'fine';
}

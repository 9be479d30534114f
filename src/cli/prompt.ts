import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';

/** A terminal that a line is typed into. */
export interface PromptTerminal {
  readonly input: Pick<NodeJS.ReadStream, 'setRawMode' | 'setEncoding' | 'resume' | 'pause' | 'on' | 'off'>;
  readonly show: (text: string) => void;
  /** Takes what is to be done before a signal ends the process, and gives back how to take that back. */
  readonly interrupted: (stop: () => void) => () => void;
  /** Ends the process as a signal does that is typed. */
  readonly interrupt: () => void;
}

const enter = /[\r\n]/;
const interruption = '\u0003';
const endOfInput = '\u0004';
const eraseAll = '\u0015';
const erasers: readonly string[] = ['\b', '\u007f'];

/**
 * Asks for a line that nobody sees: it is not shown while it is typed. The terminal is given back as it was, whatever ends
 * the question.
 */
export function askHidden(question: string, { input, show, interrupted, interrupt }: PromptTerminal): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const giveBack = () => {
      input.setRawMode(false);
      input.pause();
      input.off('data', take);
      input.off('end', stop);
      show('\n');
    };
    const keep = interrupted(giveBack);
    const end = (answer: () => void) => {
      keep();
      giveBack();
      answer();
    };
    const stop = () => end(() => reject(nothingTyped()));
    const take = (text: string) => {
      for (const character of text) {
        if (enter.test(character)) return end(() => resolve(typed.join('')));
        if (character === interruption) return end(interrupt);
        if (character === endOfInput) return typed.length > 0 ? end(() => resolve(typed.join(''))) : stop();
        if (character === eraseAll) typed = [];
        else if (erasers.includes(character)) typed.pop();
        else if (character >= ' ') typed.push(character);
      }
    };
    input.setEncoding('utf8');
    input.setRawMode(true);
    input.on('data', take);
    input.on('end', stop);
    show(question);
    input.resume();
  });
}

function nothingTyped(): ImagePullError {
  return new ImagePullError(At.of().refuse('usage', 'no password was typed'));
}

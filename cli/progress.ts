import type { Writable } from 'node:stream';
import type { Language, Text } from '../messages/text.js';
import type { Log, Progress, Task } from '../pipeline/context.js';
import { count } from '../reports/numbers.js';
import { oneLine, width } from './output.js';

export interface Screen {
  readonly log: Log;
  readonly progress: Progress;
  /** Removes a live bar that is still there. */
  clear(): void;
}

export interface ScreenOptions {
  readonly stream: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly language: Language;
  readonly level: 'quiet' | 'normal' | 'verbose';
  /** Milliseconds. */
  readonly now?: () => number;
}

interface State {
  readonly label: string;
  readonly total: number | undefined;
  readonly start: number;
  rows: number;
  share: number | null;
}

const REDRAW_MS = 100;
const LINE_MS = 30_000;
const BAR = 24;

/**
 * Progress and notes on stderr. On a terminal one live line with rows per second and time left; elsewhere plain lines, one
 * when a piece of work ends and one every half minute in between, so that a log never holds a bar.
 */
export function openScreen({
  stream,
  language,
  level,
  now = () => performance.now(),
}: ScreenOptions): Screen {
  const live = stream.isTTY === true && level !== 'quiet';
  const draw = { current: null as State | null, last: 0 };
  const clear = () => {
    if (live && draw.current) stream.write('\r\u001b[2K');
  };
  const line = (text: string) => {
    clear();
    stream.write(`${oneLine(text)}\n`);
  };
  const show = (state: State) => {
    draw.current = state;
    const moment = now();
    if (moment - draw.last < (live ? REDRAW_MS : LINE_MS)) return;
    draw.last = moment;
    if (live) stream.write(`\r\u001b[2K${cut(bar(state, moment, language), stream.columns || 80)}`);
    else line(status(state, moment, language));
  };
  const finish = (state: State) => {
    clear();
    draw.current = null;
    line(`✓ ${status({ ...state, share: null }, now(), language)}`);
  };
  return {
    log: logOn(line, language, level),
    progress:
      level === 'quiet'
        ? SILENT
        : { start: (label, total) => taskOn({ show, finish, now }, state(label, total)) },
    clear,
  };

  function state(label: Text, total: number | undefined): State {
    if (!live) draw.last = now();
    return { label: label[language], total, start: now(), rows: 0, share: null };
  }
}

const SILENT: Progress = { start: () => ({ advance: () => {}, at: () => {}, done: () => {} }) };

interface Board {
  readonly show: (state: State) => void;
  readonly finish: (state: State) => void;
  readonly now: () => number;
}

function taskOn(board: Board, state: State): Task {
  board.show(state);
  return {
    advance(rows) {
      state.rows += rows;
      board.show(state);
    },
    at(share) {
      state.share = share;
      board.show(state);
    },
    done(rows) {
      if (rows !== undefined) state.rows = rows;
      board.finish(state);
    },
  };
}

function logOn(line: (text: string) => void, language: Language, level: ScreenOptions['level']): Log {
  return {
    info: (message) => {
      if (level !== 'quiet') line(message[language]);
    },
    warn: (message) => line(`! ${message[language]}`),
    debug: (message) => {
      if (level === 'verbose') line(`· ${message[language]}`);
    },
  };
}

function bar(state: State, moment: number, language: Language): string {
  const share = shareOf(state);
  if (share === null) return status(state, moment, language);
  const full = Math.round(share * BAR);
  const left = timeLeft(state, share, moment);
  const remaining = left === null ? '' : language === 'vi' ? `còn ${left}` : `${left} left`;
  const parts = [
    `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`,
    `${String(Math.floor(share * 100)).padStart(3)} %`,
    status(state, moment, language),
    remaining,
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** `Chuẩn hóa  1.234.567 dòng  812.345 dòng/giây  3 s` */
function status(state: State, moment: number, language: Language): string {
  const seconds = Math.max(0, (moment - state.start) / 1000);
  const unit = language === 'vi' ? 'dòng' : 'rows';
  const second = language === 'vi' ? 'giây' : 's';
  const parts = [state.label];
  if (state.rows > 0) parts.push(`${count(state.rows)[language]} ${unit}`);
  if (state.rows > 0 && seconds >= 0.1) {
    parts.push(`${count(Math.round(state.rows / seconds))[language]} ${unit}/${second}`);
  }
  parts.push(clockTime(seconds));
  return parts.join('  ');
}

function shareOf({ share, rows, total }: State): number | null {
  if (share !== null) return Math.min(1, Math.max(0, share));
  return total === undefined || total === 0 ? null : Math.min(1, rows / total);
}

function timeLeft(state: State, share: number, moment: number): string | null {
  const seconds = (moment - state.start) / 1000;
  if (share <= 0.01 || seconds < 1) return null;
  return clockTime((seconds / share) * (1 - share));
}

/** `0:07`, `12:30`, `1:02:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function cut(text: string, columns: number): string {
  if (width(text) < columns) return text;
  return `${[...text].slice(0, Math.max(0, columns - 2)).join('')}…`;
}

// Scales, ticks and paths of the charts. Sole home of d3-scale and d3-shape; what comes out are numbers and SVG path data.
import { scaleLinear, scaleQuantize } from 'd3-scale';
import { curveLinear, line } from 'd3-shape';

/** From values to places on the page. */
export interface Axis {
  /** Place of a value, rounded to a tenth of a unit. */
  readonly at: (value: number) => number;
  /** Round values within the axis, about as many as asked for. */
  readonly ticks: readonly number[];
}

/** An axis whose ends are round numbers at or beyond those of `domain`. */
export function axis(
  domain: readonly [least: number, most: number],
  range: readonly [from: number, to: number],
  ticks: number,
): Axis {
  const [least, most] = domain;
  const scale = scaleLinear([least, most > least ? most : least + 1], range).nice(ticks);
  return { at: (value) => tenth(scale(value)), ticks: scale.ticks(ticks) };
}

export interface Classes {
  /** Class of a value, from 0. */
  readonly of: (value: number) => number;
  /** Lower and upper bound of each class. */
  readonly bounds: readonly (readonly [from: number, to: number])[];
}

/** `count` classes of equal width over the values; the outer bounds are the least and the greatest value. */
export function classes(values: readonly number[], count: number): Classes {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (most <= least) return { of: () => 0, bounds: [[least, most]] };
  const numbers = Array.from({ length: count }, (_, i) => i);
  const scale = scaleQuantize([least, most], numbers);
  return { of: (value) => scale(value), bounds: numbers.map((n) => scale.invertExtent(n)) };
}

export type Point = readonly [x: number, y: number];

/** Path data of a line through the points; a null interrupts it. */
export function linePath(points: readonly (Point | null)[]): string {
  const path = line<Point | null>()
    .defined((point) => point !== null)
    .x((point) => point![0])
    .y((point) => point![1])
    .curve(curveLinear);
  return path(points) ?? '';
}

function tenth(n: number): number {
  return Math.round(n * 10) / 10;
}

// How candles, volume, holes, sessions and own fills are drawn.

import type uPlot from 'uplot';
import type { Fill } from '../state/desk.js';
import type { Slot } from './slots.js';

export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The lowest part of the chart, which volume has. */
const VOLUME_PART = 0.18;

/** Room for the volume below the lowest price. */
export function rangeOf(least: number, most: number): [number, number] {
  const span = most - least || Math.abs(most) * 0.01 || 1;
  return [least - span * (VOLUME_PART + 0.08), most + span * 0.06];
}

interface Pen {
  readonly ctx: CanvasRenderingContext2D;
  readonly x: (at: number) => number;
  readonly y: (price: number) => number;
  readonly step: number;
  readonly box: uPlot['bbox'];
}

export function candles(plot: uPlot, slots: readonly Slot[], fills: readonly Fill[]): void {
  const { ctx, bbox: box } = plot;
  const x = (at: number): number => plot.valToPos(at, 'x', true);
  const y = (price: number): number => plot.valToPos(price, 'y', true);
  const pen: Pen = { ctx, x, y, step: x(1) - x(0), box };
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  breaks(pen, slots);
  holes(pen, slots);
  volume(pen, slots);
  for (const [at, { bar }] of slots.entries()) if (bar !== undefined) candle(pen, at, bar);
  marks(pen, slots, fills);
  ctx.restore();
}

function candle({ ctx, x, y, step }: Pen, at: number, { open, high, low, close }: NonNullable<Slot['bar']>): void {
  const width = Math.max(1, Math.min(14 * devicePixelRatio, step * 0.7));
  const isUp = close >= open;
  ctx.strokeStyle = colour(isUp ? '--up' : '--down');
  ctx.fillStyle = ctx.strokeStyle;
  const [upper, lower] = [y(Math.max(open, close)), y(Math.min(open, close))];
  line(ctx, x(at), y(high), x(at), upper);
  line(ctx, x(at), lower, x(at), y(low));
  // Up is hollow, down is full: not by colour alone.
  if (isUp) ctx.strokeRect(x(at) - width / 2, upper, width, Math.max(1, lower - upper));
  else ctx.fillRect(x(at) - width / 2, upper, width, Math.max(1, lower - upper));
}

function volume({ ctx, x, step, box }: Pen, slots: readonly Slot[]): void {
  const most = Math.max(0, ...slots.map(({ bar }) => bar?.volume ?? 0));
  if (most === 0) return;
  ctx.fillStyle = colour('--quiet');
  ctx.globalAlpha = 0.45;
  const width = Math.max(1, step * 0.7);
  for (const [at, { bar }] of slots.entries()) {
    const height = ((bar?.volume ?? 0) / most) * box.height * VOLUME_PART;
    ctx.fillRect(x(at) - width / 2, box.top + box.height - height, width, height);
  }
  ctx.globalAlpha = 1;
}

function breaks({ ctx, x, box }: Pen, slots: readonly Slot[]): void {
  ctx.strokeStyle = colour('--quiet');
  ctx.setLineDash([4, 4]);
  for (const [at, { isBreak }] of slots.entries())
    if (isBreak) line(ctx, x(at - 0.5), box.top, x(at - 0.5), box.top + box.height);
  ctx.setLineDash([]);
}

function holes({ ctx, x, step, box }: Pen, slots: readonly Slot[]): void {
  ctx.strokeStyle = colour('--rule');
  for (let at = 0; at < slots.length; at++) {
    if (slots[at]?.bar !== undefined) continue;
    let end = at;
    while (slots[end + 1] !== undefined && slots[end + 1]?.bar === undefined) end++;
    hatch(ctx, x(at) - step / 2, box.top, step * (end - at + 1), box.height);
    at = end;
  }
}

function marks({ ctx, x, y }: Pen, slots: readonly Slot[], fills: readonly Fill[]): void {
  const size = 14 * devicePixelRatio;
  ctx.font = `${size}px sans-serif`;
  ctx.textAlign = 'center';
  for (const { time, price, side } of fills) {
    const when = Date.parse(time);
    const at = slots.findLastIndex((slot) => slot.time.getTime() <= when);
    if (at < 0) continue;
    const isBuy = side.startsWith('B');
    ctx.fillStyle = colour('--text');
    ctx.fillText(isBuy ? '▲' : '▼', x(at), y(Number(price)) + (isBuy ? size * 1.1 : -size * 0.3));
  }
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

function hatch(ctx: CanvasRenderingContext2D, left: number, top: number, width: number, height: number): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (let at = left - height; at < left + width; at += 8 * devicePixelRatio) line(ctx, at, top + height, at + height, top);
  ctx.restore();
}

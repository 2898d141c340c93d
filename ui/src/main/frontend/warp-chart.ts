import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { format, onScheme, token, type Unit } from './warp-format';

echarts.use([LineChart, GridComponent, MarkLineComponent, LabelLayout, CanvasRenderer]);

interface Series {
  name: string;
  token: string;
  area: boolean;
}
interface Frame {
  /** Milliseconds since the epoch; the axis is the same for every chart of a group. */
  from: number;
  to: number;
  replace: boolean;
  /** One row per point: time, then one value per series. */
  rows: number[][];
}

const MAXIMUM_POINTS = 3600;
const SVG_NS = 'http://www.w3.org/2000/svg';

/** Charts of one group share the crosshair: each tells the others the time under the pointer. */
const groups = new Map<string, Set<WarpChart>>();

/**
 * A small line chart with its own heading: name at the left, the newest values (or those under the crosshair) at the
 * right. The lines carry their names; there is no legend.
 */
class WarpChart extends HTMLElement {
  private chart?: echarts.ECharts;
  private rows: number[][] = [];
  private window: [number, number] = [0, 0];
  private series: Series[] = [];
  private unit: Unit = 'count';
  private group = '';
  private heading = '';
  private at?: number;
  private resize?: ResizeObserver;
  private unwatch?: () => void;
  private plot!: HTMLDivElement;
  private caption!: HTMLHeadingElement;
  private values!: HTMLDivElement;
  private hair!: HTMLDivElement;

  connectedCallback() {
    if (!this.plot) this.build();
    this.chart = echarts.init(this.plot);
    this.resize = new ResizeObserver(() => this.chart?.resize());
    this.resize.observe(this.plot);
    this.unwatch = onScheme(() => requestAnimationFrame(() => this.draw()));
    this.joinGroup();
    this.draw();
  }

  disconnectedCallback() {
    this.resize?.disconnect();
    this.unwatch?.();
    groups.get(this.group)?.delete(this);
    this.chart?.dispose();
    this.chart = undefined;
  }

  /** Called once by the server. */
  configure(heading: string, unit: Unit, group: string, series: Series[]) {
    this.heading = heading;
    this.unit = unit;
    this.group = group;
    this.series = series;
    this.joinGroup();
    this.draw();
  }

  /** Takes new points; those of a time already here replace it. */
  show(frame: Frame) {
    if (frame.replace) this.rows = [];
    const first = frame.rows.length ? frame.rows[0][0] : Infinity;
    while (this.rows.length && this.rows[this.rows.length - 1][0] >= first) this.rows.pop();
    this.rows.push(...frame.rows);
    while (this.rows.length && (this.rows[0][0] < frame.from || this.rows.length > MAXIMUM_POINTS)) this.rows.shift();
    this.window = [frame.from, frame.to];
    this.dataset.points = String(this.rows.length);
    this.dataset.newest = String(this.rows.length ? this.rows[this.rows.length - 1][0] : 0);
    this.draw();
  }

  private build() {
    const head = document.createElement('div');
    head.className = 'warp-chart-head';
    this.caption = document.createElement('h3');
    this.values = document.createElement('div');
    this.values.className = 'warp-chart-values';
    head.append(this.caption, this.values);
    this.plot = document.createElement('div');
    this.plot.className = 'warp-chart-plot';
    this.hair = document.createElement('div');
    this.hair.className = 'warp-chart-hair';
    this.hair.hidden = true;
    const frame = document.createElement('div');
    frame.className = 'warp-chart-frame';
    frame.append(this.plot, this.hair);
    this.append(head, frame);
    frame.addEventListener('pointermove', (event) => this.point(event.clientX - this.plot.getBoundingClientRect().left));
    frame.addEventListener('pointerleave', () => this.broadcast(undefined));
    this.tabIndex = 0;
    this.setAttribute('role', 'img');
    this.addEventListener('keydown', (event) => this.step(event));
    this.addEventListener('blur', () => this.broadcast(undefined));
  }

  private joinGroup() {
    if (!this.group || !this.isConnected) return;
    if (!groups.has(this.group)) groups.set(this.group, new Set());
    groups.get(this.group)!.add(this);
  }

  private point(x: number) {
    if (!this.chart || !this.rows.length) return;
    const [time] = this.chart.convertFromPixel({ gridIndex: 0 }, [x, 0]) as number[];
    this.broadcast(time < this.window[0] || time > this.window[1] ? undefined : time);
  }

  private step(event: KeyboardEvent) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    if (!this.rows.length) return;
    event.preventDefault();
    const here = this.at === undefined ? this.rows.length - 1 : this.nearest(this.at);
    const next = Math.min(this.rows.length - 1, Math.max(0, here + (event.key === 'ArrowLeft' ? -1 : 1)));
    this.broadcast(this.rows[next][0]);
  }

  private broadcast(time?: number) {
    for (const chart of groups.get(this.group) ?? [this]) chart.cross(time);
  }

  private cross(time?: number) {
    this.at = time;
    this.readOut();
  }

  private nearest(time: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle][0] < time) low = middle + 1;
      else high = middle;
    }
    return low > 0 && time - this.rows[low - 1][0] < this.rows[low][0] - time ? low - 1 : low;
  }

  private readOut() {
    const row = this.rows.length ? this.rows[this.at === undefined ? this.rows.length - 1 : this.nearest(this.at)] : undefined;
    const texts = this.series.map((series, index) => ({ series, text: row ? format(this.unit, row[index + 1]) : '–' }));
    const crossed = this.at !== undefined && row;
    this.caption.textContent = crossed ? new Date(row[0]).toLocaleTimeString('en-GB') : this.heading;
    this.values.replaceChildren(
      ...texts.map(({ series, text }) => {
        const value = this.label('warp-chart-value', text);
        if (this.series.length > 1) value.prepend(this.key(series));
        return value;
      }),
    );
    const spoken = texts.map(({ series, text }) => `${this.series.length > 1 ? `${series.name} ` : ''}${text}`).join(', ');
    this.setAttribute('aria-label', `${this.heading}: ${spoken}. Arrow keys move the crosshair.`);
    const x = this.at !== undefined && row && this.chart ? (this.chart.convertToPixel({ xAxisIndex: 0 }, row[0]) as number) : undefined;
    this.hair.hidden = x === undefined;
    if (x !== undefined) this.hair.style.transform = `translateX(${Math.round(x)}px)`;
  }

  private label(className: string, text: string) {
    const span = document.createElement('span');
    span.className = className;
    span.textContent = text;
    return span;
  }

  /** The line's own stroke in front of its value: solid, so that it is found again on the plot, and its name. */
  private key(series: Series) {
    const key = this.label('warp-chart-key', series.name);
    const svg = document.createElementNS(SVG_NS, 'svg');
    svg.setAttribute('viewBox', '0 0 10 2');
    svg.setAttribute('aria-hidden', 'true');
    svg.innerHTML = '<path d="M0 1h10" stroke-width="2"/>';
    svg.style.stroke = `var(${series.token})`;
    key.prepend(svg);
    return key;
  }

  private draw() {
    if (!this.chart || !this.values) return;
    const muted = token(this, '--warp-text-faint');
    const rule = token(this, '--warp-rule');
    const many = this.series.length > 1;
    const highest = this.rows.reduce((most, row) => Math.max(most, ...row.slice(1)), 0);
    const font = getComputedStyle(this).fontFamily;
    this.chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: font },
        grid: { left: 4, right: many ? 34 : 6, top: 10, bottom: 2, containLabel: true },
        xAxis: {
          type: 'time',
          min: this.window[0],
          max: this.window[1],
          splitNumber: Math.max(2, Math.floor(this.plot.clientWidth / 110)),
          axisLine: { lineStyle: { color: rule } },
          axisTick: { show: false },
          axisLabel: { color: muted, fontSize: 11, hideOverlap: true, formatter: (at: number) => clock(at) },
          splitLine: { show: false },
        },
        yAxis: {
          type: 'value',
          min: 0,
          max: highest <= 0 ? 1 : this.unit === 'bytes' ? Math.ceil(highest / binaryStep(highest)) * binaryStep(highest) : undefined,
          splitNumber: 2,
          interval: this.unit === 'bytes' ? binaryStep(highest) : undefined,
          axisLabel: { color: muted, fontSize: 11, formatter: (value: number) => (highest > 0 || value === 0 ? format(this.unit, value).replace(/\.0+(?= |$)/, '') : '') },
          splitLine: { lineStyle: { color: rule } },
        },
        series: this.series.map((series, index) => this.line(series, index, many)),
      },
      { replaceMerge: ['series'] },
    );
    this.readOut();
  }

  private line(series: Series, index: number, many: boolean) {
    const colour = token(this, series.token);
    return {
      id: series.name,
      type: 'line',
      name: series.name,
      showSymbol: false,
      silent: true,
      sampling: 'lttb',
      lineStyle: { color: colour, width: 1.5 },
      itemStyle: { color: colour },
      areaStyle: series.area ? { color: colour, opacity: 0.1 } : undefined,
      endLabel: { show: many, formatter: '{a}', color: colour, fontSize: 11, distance: 4 },
      labelLayout: { moveOverlap: 'shiftY' },
      data: this.rows.map((row) => [row[0], row[index + 1]]),
    };
  }
}

/** Ticks at powers of two, so that sizes read as people write them. */
function binaryStep(highest: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, highest) / 3));
}

function clock(at: number): string {
  const time = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const minute = `${two(time.getHours())}:${two(time.getMinutes())}`;
  return time.getSeconds() ? `${minute}:${two(time.getSeconds())}` : minute;
}

customElements.define('warp-chart', WarpChart);

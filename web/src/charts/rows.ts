// Rows as lines, bars and points: what is drawn is the table and nothing else. The look is the page's, read from its
// tokens; words are given.
import type { EChartsCoreOption } from "echarts/core";

/** A series of figures along a column. */
export interface Series {
  name: string;
  /** As printed. */
  shown: (string | null)[];
  /** Which points are drawn hollow. */
  weak?: boolean[];
}

export interface Rows {
  mark: "line" | "bar" | "dot" | "bump";
  /** What stands along. */
  labels: string[];
  along: string;
  series: Series[];
  unit: string;
}

/** The page's look. */
export interface Skin {
  ink: string;
  ink2: string;
  line: string;
  line2: string;
  panel: string;
  tint: string;
  /** Colours of series: the side's first, then hues and lightness that stay apart for colour-blind readers; none says against. */
  series: string[];
  face: string;
  dark: boolean;
}

export function skin(within: Element): Skin {
  const style = getComputedStyle(within);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const own = value("--c") || value("--agree");
  return {
    ink: value("--ink"), ink2: value("--ink2"), line: value("--line"), line2: value("--line2"), panel: value("--panel"), tint: value("--tint"),
    series: [own, value("--open"), value("--ink"), value("--ghost"), value("--hull2"), value("--water2")],
    face: style.fontFamily,
    dark: document.documentElement.dataset.theme === "dark",
  };
}

/** A printed cell as a number; null for words and blanks. */
export function number(cell: string | null | undefined): number | null {
  if (cell == null) return null;
  const plain = cell.trim().replaceAll(",", "").replace("−", "-").replace(/\s*%$/, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** How high the drawing is. */
export function height(rows: Rows, width: number): number {
  if (lying(rows)) return Math.min(rows.labels.length, 40) * 24 * Math.max(1, Math.min(rows.series.length, 3) * 0.6) + 70 + legendRoom(rows);
  return (width < 440 ? 230 : 280) + legendRoom(rows);
}

function legendRoom(rows: Rows): number {
  return rows.series.length > 1 ? 30 : 0;
}

/** Names that are no times are read more easily when the bars lie. */
function lying(rows: Rows): boolean {
  return (rows.mark === "bar" || rows.mark === "dot") && !rows.labels.every((label) => /^\d{4}(\D.*)?$/.test(label) || number(label) !== null);
}

export function option(rows: Rows, look: Skin, width: number): EChartsCoreOption {
  const flat = lying(rows);
  const many = rows.labels.length > (flat ? 40 : 80);
  const words = { color: look.ink2, fontSize: 11.5, fontFamily: look.face };
  const numeric = rows.mark === "dot" && !flat && rows.labels.every((label) => number(label) !== null);
  const names = {
    type: numeric ? "value" : "category",
    ...(numeric ? { scale: true } : { data: rows.labels, boundaryGap: rows.mark === "bar" || rows.mark === "dot" || rows.labels.length < 2 }),
    inverse: flat,
    axisLabel: { ...words, ...(flat ? { width: Math.min(150, width * 0.34), overflow: "truncate" } : { hideOverlap: true }) },
    axisLine: { lineStyle: { color: look.line2 } },
    axisTick: { show: false },
    name: flat ? "" : rows.along,
    nameLocation: "end",
    nameTextStyle: { ...words, align: "right", verticalAlign: "top", padding: [26, 0, 0, 0] },
  };
  const values = {
    type: "value",
    scale: rows.mark !== "bar",
    inverse: rows.mark === "bump",
    ...(rows.mark === "bump" ? { min: 1, minInterval: 1 } : {}),
    axisLabel: { ...words, formatter: (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: 6 }).replace("-", "−") },
    splitLine: { lineStyle: { color: look.line } },
    axisLine: { show: false },
    splitNumber: width < 440 ? 3 : 5,
  };
  const slider = {
    showDetail: false,
    brushSelect: false,
    borderColor: look.line2,
    backgroundColor: "transparent",
    fillerColor: look.tint,
    handleStyle: { color: look.panel, borderColor: look.ink2 },
    moveHandleStyle: { color: look.line2 },
    dataBackground: { lineStyle: { color: look.line2 }, areaStyle: { color: look.line } },
    selectedDataBackground: { lineStyle: { color: look.ink2 }, areaStyle: { color: look.line2 } },
  };
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: look.face, color: look.ink },
    color: look.series,
    grid: { left: 8, right: 18, top: 16 + legendRoom(rows), bottom: many && !flat ? 52 : 18, containLabel: true },
    legend: rows.series.length > 1 ? { type: "scroll", top: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 4, textStyle: { ...words, fontSize: 12, color: look.ink }, pageTextStyle: words, pageIconColor: look.ink2 } : { show: false },
    tooltip: {
      trigger: numeric ? "item" : "axis",
      renderMode: "richText",
      backgroundColor: look.ink,
      borderWidth: 0,
      padding: [5, 10],
      textStyle: { color: look.panel, fontSize: 12.5, fontFamily: look.face },
      axisPointer: { type: rows.mark === "bar" ? "shadow" : "line", lineStyle: { color: look.ink2, type: "dashed" }, shadowStyle: { color: look.line, opacity: 0.35 } },
      confine: true,
      formatter: (found: Pointed | Pointed[]) => told(rows, Array.isArray(found) ? found : [found]),
    },
    dataZoom: many ? [{ type: "inside", ...(flat ? { yAxisIndex: 0, startValue: 0, endValue: 39 } : {}) }, ...(flat ? [{ type: "slider", yAxisIndex: 0, width: 14, right: 0, ...slider }] : [{ type: "slider", height: 18, bottom: 4, ...slider }])] : [],
    xAxis: flat ? values : names,
    yAxis: flat ? names : values,
    series: rows.series.map((series, at) => drawn(rows, series, at, look, numeric, flat)),
  };
}

function drawn(rows: Rows, series: Series, at: number, look: Skin, numeric: boolean, flat: boolean): Record<string, unknown> {
  const colour = look.series[at % look.series.length];
  const data = series.shown.map((shown, i) => {
    const value = number(shown);
    const place = numeric ? [number(rows.labels[i]), value] : value;
    return series.weak?.[i] ? { value: place, itemStyle: { color: look.panel, borderColor: colour, borderWidth: 1.8 } } : { value: place };
  });
  const common = { name: series.name, data, itemStyle: { color: colour } };
  if (rows.mark === "bar") return { ...common, type: "bar", barMaxWidth: 26, barGap: "12%", itemStyle: { color: colour, borderRadius: flat ? [0, 2, 2, 0] : [2, 2, 0, 0] } };
  if (rows.mark === "dot") return { ...common, type: "scatter", symbolSize: rows.labels.length > 400 ? 5 : 9, large: rows.labels.length > 2000 };
  return {
    ...common,
    type: "line",
    smooth: rows.mark === "bump" ? 0.35 : false,
    symbol: "circle",
    symbolSize: rows.labels.length > 60 ? 3 : 8,
    showSymbol: rows.labels.length <= 60 || series.shown.some((shown, i) => shown !== null && series.shown[i - 1] == null && series.shown[i + 1] == null),
    sampling: rows.labels.length > 2000 ? "lttb" : undefined,
    lineStyle: { width: at === 0 ? 2.6 : 1.8, color: colour, type: (["solid", "dashed", "dotted"] as const)[Math.floor(at / look.series.length) % 3] },
    connectNulls: false,
  };
}

interface Pointed {
  dataIndex: number;
  seriesIndex: number;
}

/** What is read out: figures as the table prints them. */
function told(rows: Rows, found: Pointed[]): string {
  const first = found[0];
  if (!first) return "";
  const figures = found.map((each) => {
    const series = rows.series[each.seriesIndex];
    const shown = series?.shown[each.dataIndex] ?? "—";
    const unit = rows.unit === "%" ? "%" : rows.unit ? ` ${rows.unit}` : "";
    return rows.series.length > 1 ? `${series?.name ?? ""}  ${shown}${unit}` : `${shown}${unit}`;
  });
  return [rows.labels[first.dataIndex] ?? "", ...figures].join("\n");
}

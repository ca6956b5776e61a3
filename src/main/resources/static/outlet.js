// The chart of an outlet: each factor over time, its limit as a line that steps, invalid and marked values apart, stops as bands, beneath
// them what the equipment did and what was found. Same figures as the table; asks for what is new every few seconds.
const box = document.getElementById("chart");
const say = document.getElementById("chart-say");

const HOURS_8 = 8 * 3600 * 1000; // axes are drawn in China's time wherever the browser stands
const ROW = 150;
const GAP = 46;
const STRIP = 22;
const STATES = ["有效", "超过限值", "无效", "已标记"];
const LOOKS = [
  { color: "#1b4f8f", symbol: "circle", size: 3 },
  { color: "#b3261e", symbol: "diamond", size: 11 },
  { color: "#6b7686", symbol: "emptyCircle", size: 7 },
  { color: "#5b3a8c", symbol: "rect", size: 7 },
];
const POWER = [["运行", "#1d6b3a"], ["待机", "#d9a400"], ["停机", "#8693a5"]];
const LEVELS = { red: "#b3261e", orange: "#d36a00", yellow: "#b89200", blue: "#1b4f8f" };

const shift = (time) => time + HOURS_8;
const known = { series: null, lines: new Map(), chart: null, asked: 0, failed: 0 };

function two(n) { return String(n).padStart(2, "0"); }

function clock(shifted, day) {
  const at = new Date(shifted);
  const date = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return day ? date : `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** Takes an answer over what is known: the same time again is the newer value; what has left the window is dropped. */
function take(answer) {
  if (answer.whole) known.lines.clear();
  for (const line of answer.lines) {
    const before = known.lines.get(line.code);
    const points = answer.whole || !before ? new Map() : before.points;
    for (const point of line.points) points.set(point.time, point);
    known.lines.set(line.code, { ...line, points });
  }
  for (const line of known.lines.values())
    for (const time of line.points.keys()) if (time < answer.from) line.points.delete(time);
  if (answer.whole || !known.series) known.series = answer;
  else known.series = { ...answer, strips: known.series.strips };
}

function option() {
  const { from, until, gap, stops, strips, signs } = known.series;
  const lines = [...known.lines.values()].filter((line) => line.limits.length || line.points.size);
  const narrow = box.clientWidth < 560;
  const left = narrow ? 44 : 64;
  const grid = [], xAxis = [], yAxis = [], series = [], title = [];
  const bottomRows = (signs.length ? 1 : 0) + strips.length;
  let top = 34;
  lines.forEach((line, i) => {
    grid.push({ left, right: 16, top, height: ROW });
    title.push({ text: `${line.name}${line.unit ? `（${line.unit}）` : ""}`, left: 8, top: top - 28, textStyle: { fontSize: 14, fontWeight: 600, color: "#1f2733" } });
    const last = i === lines.length - 1 && !bottomRows;
    xAxis.push(axis(i, last, from, until, narrow));
    // a concentration stands against its limit from zero on; what has none, such as a temperature, is seen in its own range
    yAxis.push({ gridIndex: i, type: "value", scale: !line.limits.length, axisLabel: { fontSize: 12, color: "#566273" }, splitNumber: 3, splitLine: { lineStyle: { color: "#e3e8ee" } } });
    const points = [...line.points.values()].sort((a, b) => a.time - b.time);
    const curve = [];
    let before = null;
    for (const point of points) {
      const usable = point.value !== null && (point.state === 0 || point.state === 1);
      if (before !== null && (point.time - before > gap * 1000 || !usable)) curve.push([shift(before) + 1, null]);
      if (usable) { curve.push([shift(point.time), point.value]); before = point.time; }
    }
    series.push({
      id: `${line.code}-values`, name: line.name, type: "line", xAxisIndex: i, yAxisIndex: i, data: curve, connectNulls: false,
      showSymbol: curve.length < 80, symbol: "circle", symbolSize: 4, sampling: curve.length > 3000 ? "lttb" : undefined, animation: false,
      lineStyle: { color: LOOKS[0].color, width: 1.5 }, itemStyle: { color: LOOKS[0].color },
      markArea: stops.length ? { silent: true, itemStyle: { color: "#8693a533" }, label: { show: true, position: "insideTop", fontSize: 12, color: "#566273" },
        data: stops.map((stop) => [{ name: i === 0 ? "停运报备" : "", xAxis: shift(Math.max(stop.from, from)) }, { xAxis: shift(Math.min(stop.until, until)) }]) } : undefined,
    });
    for (const state of [1, 2, 3]) {
      const some = points.filter((point) => point.state === state && point.value !== null);
      if (some.length) series.push({
        id: `${line.code}-${state}`, name: STATES[state], type: "scatter", xAxisIndex: i, yAxisIndex: i, animation: false, z: 4, symbol: LOOKS[state].symbol,
        symbolSize: LOOKS[state].size, itemStyle: { color: LOOKS[state].color }, data: some.map((point) => [shift(point.time), point.value]),
      });
    }
    for (const which of ["highest", "lowest"]) {
      if (!line.limits.some((limit) => limit[which] !== null)) continue;
      const steps = line.limits.map((limit) => [shift(Math.max(limit.from, from)), limit[which]]);
      steps.push([shift(until), line.limits[line.limits.length - 1][which]]);
      series.push({
        id: `${line.code}-${which}`, name: "限值", type: "line", step: "end", xAxisIndex: i, yAxisIndex: i, data: steps, symbol: "none", silent: true, animation: false,
        lineStyle: { color: "#b3261e", width: 1.5, type: "dashed" },
      });
    }
    top += ROW + GAP;
  });
  if (bottomRows) {
    const i = lines.length;
    const names = [...(signs.length ? ["预警"] : []), ...strips.map((strip) => strip.name)];
    grid.push({ left: narrow ? 84 : 104, right: 16, top, height: bottomRows * STRIP + 6 });
    xAxis.push(axis(i, true, from, until, narrow));
    yAxis.push({ gridIndex: i, type: "category", inverse: true, data: names, axisTick: { show: false }, axisLabel: { fontSize: 12, color: "#1f2733", width: narrow ? 76 : 96, overflow: "truncate" } });
    const bars = [];
    signs.forEach((sign) => bars.push({ value: [0, shift(Math.max(sign.from, from)), shift(Math.min(sign.until ?? until, until))], color: LEVELS[sign.level], words: sign.words, href: sign.href }));
    strips.forEach((strip, n) => strip.stretches.forEach((part) => {
      const [label, color] = POWER[part.state] || ["未知", "#d5dbe3"];
      bars.push({ value: [n + (signs.length ? 1 : 0), shift(part.from), shift(part.until)], color, words: `${strip.name}${label}` });
    }));
    series.push({
      id: "strips", type: "custom", xAxisIndex: i, yAxisIndex: i, data: bars.map((bar) => bar.value), animation: false, encode: { x: [1, 2], y: 0 },
      renderItem(params, api) {
        const bar = bars[params.dataIndex];
        const start = api.coord([api.value(1), api.value(0)]);
        const end = api.coord([api.value(2), api.value(0)]);
        const low = params.coordSys.x, high = params.coordSys.x + params.coordSys.width;
        const x = Math.max(start[0], low);
        return { type: "rect", shape: { x, y: start[1] - 7, width: Math.max(3, Math.min(end[0], high) - x), height: 14 }, style: { fill: bar.color }, cursor: bar.href ? "pointer" : "default" };
      },
      tooltip: { trigger: "item", formatter: (hit) => `${wrap(bars[hit.dataIndex].words)}\n${clock(bars[hit.dataIndex].value[1])}至${clock(bars[hit.dataIndex].value[2])}` },
    });
    known.bars = bars;
    top += bottomRows * STRIP + GAP;
  }
  const height = top + 44;
  return {
    height,
    option: {
      useUTC: true, animation: false, title, grid, xAxis, yAxis, series,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      // drawn on the canvas: the page's policy lets no markup carry styles
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, order: "seriesAsc", textStyle: { fontSize: 13 }, formatter: told },
      dataZoom: [{ type: "slider", xAxisIndex: xAxis.map((any, i) => i), bottom: 8, height: 24, left, right: 16, labelFormatter: "", brushSelect: false, filterMode: "none" }],
    },
  };
}

function axis(i, labels, from, until, narrow) {
  const day = box.dataset.series.includes("kind=day");
  return {
    gridIndex: i, type: "time", min: shift(from), max: shift(until), splitNumber: narrow ? 3 : 6,
    axisLabel: { show: labels, fontSize: 12, color: "#566273", hideOverlap: true, formatter: (at) => clock(at, day) }, axisTick: { show: labels },
    axisPointer: { label: { show: labels, formatter: (hit) => clock(hit.value, day) } },
  };
}

function wrap(words) { return words.replace(/(.{26})/g, "$1\n"); }

/** The values at the pointer, in the words of the table. */
function told(hits) {
  const list = Array.isArray(hits) ? hits : [hits];
  const at = list.length ? list[0].value[0] : null;
  if (at === null) return "";
  const said = [clock(at, box.dataset.series.includes("kind=day"))];
  for (const line of known.lines.values()) {
    const point = line.points.get(at - HOURS_8);
    if (point) said.push(`${line.name} ${point.text}${line.unit}${point.note ? `（${point.note}）` : ""}`);
  }
  return said.length > 1 ? said.join("\n") : "";
}

function draw() {
  const { height, option: wanted } = option();
  box.hidden = false;
  if (box.style.height !== `${height}px`) {
    box.style.height = `${height}px`;
    if (known.chart) known.chart.resize();
  }
  if (!known.chart) {
    known.chart = known.init(box, null, { renderer: "canvas", locale: "ZH" });
    known.chart.on("click", (hit) => {
      const bar = hit.seriesId === "strips" && known.bars[hit.dataIndex];
      if (bar && bar.href) location.assign(bar.href);
    });
    addEventListener("resize", () => { known.chart.resize(); draw(); });
    addEventListener("beforeprint", () => known.chart.resize());
  }
  const shown = known.chart.getOption();
  const zoom = shown && shown.dataZoom && shown.dataZoom[0];
  if (zoom) wanted.dataZoom[0] = { ...wanted.dataZoom[0], start: zoom.start, end: zoom.end };
  known.chart.setOption(wanted, { notMerge: true });
  let points = 0;
  for (const line of known.lines.values()) points += line.points.size;
  box.dataset.points = String(points);
  box.dataset.asked = String(known.asked);
}

/** Every minute all of it, because marks, stops and limits change too; between them what is new. */
async function ask() {
  if (document.hidden && known.series) return again();
  const whole = !known.series || known.asked % 12 === 0;
  try {
    const answer = await fetch(box.dataset.series + (whole ? "" : `&since=${known.series.until}`), { credentials: "same-origin", headers: { Accept: "application/json", "HX-Request": "true" } });
    if (answer.status === 401) { location.assign("/login?expired"); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
    known.failed = 0;
    known.asked++;
    draw();
    const fresh = document.getElementById("freshness");
    if (fresh && known.series.status !== fresh.textContent) {
      fresh.textContent = known.series.status;
      fresh.className = known.series.late ? "notice bad" : "notice";
    }
    tell(legend());
  } catch (failed) {
    known.failed++;
    tell(known.failed > 1 ? "与服务器失去联系，曲线停在上一次取得的数据，正在重试。" : say.textContent);
  }
  again();
}

function again() {
  const every = known.series ? known.series.every : 15;
  if (every || known.failed) setTimeout(ask, (every || 15) * 1000);
}

function legend() {
  const states = new Set();
  for (const line of known.lines.values()) for (const point of line.points.values()) states.add(point.state);
  const said = ["蓝线为数值", "红色虚线为限值"];
  if (states.has(1)) said.push("红色菱形超过限值");
  if (states.has(2)) said.push("灰色空心圆为无效数据");
  if (states.has(3)) said.push("紫色方块为已标记数据");
  if (known.series.strips.length) said.push("设备条绿色运行、黄色待机、灰色停机");
  if (known.series.stops.length) said.push("灰色区域为停运报备");
  return `${said.join("；")}。`;
}

function tell(words) {
  say.hidden = !words;
  if (say.textContent !== words) say.textContent = words;
}

if (box) {
  import("/vendor/charts.js").then((charts) => { known.init = charts.init; return ask(); })
    .catch(() => tell("曲线组件没有加载，数据见下表。"));
}

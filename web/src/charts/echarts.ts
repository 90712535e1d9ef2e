// The part of ECharts that is used, in one chunk that is loaded with the first chart of rows: lines, bars and points,
// read out by pointing, zoomed where they are many. Drawn as SVG; painted on a canvas for PNG.
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DataZoomInsideComponent, DataZoomSliderComponent, GridComponent, LegendScrollComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, ScatterChart, AriaComponent, DataZoomInsideComponent, DataZoomSliderComponent, GridComponent, LegendScrollComponent, TitleComponent, TooltipComponent, SVGRenderer, CanvasRenderer]);

export { init };

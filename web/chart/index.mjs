// The parts of ECharts that the pages of monitoring draw with; loaded when a page has a chart.
import { init, use } from 'echarts/core';
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AxisPointerComponent, DataZoomComponent, GridComponent, MarkAreaComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([CustomChart, LineChart, ScatterChart, AxisPointerComponent, DataZoomComponent, GridComponent, MarkAreaComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

export { init };

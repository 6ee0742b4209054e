/** Of the lines of a chart, when nothing else is said. */
export const CHART_HEIGHT_PX = 180;

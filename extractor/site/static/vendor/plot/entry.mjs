export {
  axisX, axisY, barX, dot, gridX, gridY, link, plot, ruleX, ruleY, text, tickX,
} from "@observablehq/plot";

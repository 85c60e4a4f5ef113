// One cached sprite out of Lucide (ISC): only the icons that the product names. Our own names stand for school things.
import { readFileSync, writeFileSync } from "node:fs";

const own = { inperson: "school", support: "monitor-play", replace: "house-wifi", self: "book-open", late: "clock-alert" };
const names = `activity arrow-left-right badge-check bell book-open calendar-days chart-bar check chevron-down chevron-left
  chevron-right chevron-up circle-alert circle-check circle-help clipboard-list clock copy download ellipsis eye eye-off file-text fingerprint
  folder globe heart-pulse house image info key-round link list list-checks lock lock-open log-in log-out mail message-circle
  monitor moon notebook-pen pen-line phone plus printer qr-code refresh-cw school search send server settings shield-check
  smartphone stamp sun table-2 trash-2 triangle-alert undo-2 upload user user-check user-plus users video wifi-off x`.split(/\s+/);

const body = (name) => {
  const svg = readFileSync(new URL(`../node_modules/lucide-static/icons/${name}.svg`, import.meta.url), "utf8");
  return svg.replace(/<!--.*?-->/s, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();
};
const renamed = { "circle-help": "circle-question-mark" };
const symbol = (id, name) => `<symbol id="${id}" viewBox="0 0 24 24">${body(renamed[name] ?? name)}</symbol>`;
const symbols = [...names.map((n) => symbol(n, n)), ...Object.entries(own).map(([id, n]) => symbol(id, n))];
writeFileSync(new URL("../icons.svg", import.meta.url), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);

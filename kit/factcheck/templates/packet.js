"use strict";
const one = (id) => document.getElementById(id);
const entries = [...document.querySelectorAll("article")].map((node) => ({ node, text: node.textContent.toLowerCase() }));
const headings = [...document.querySelectorAll("h2, h3")];
function filter() {
  const words = one("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const status = one("status").value, kind = one("kind").value, evidence = one("evidence").value;
  let shown = 0;
  for (const { node, text } of entries) {
    const data = node.dataset;
    node.hidden = !(words.every((word) => text.includes(word)) && (!status || data.status === status)
      && (!kind || data.kinds.split(" ").includes(kind)) && (!evidence || data.evidence === evidence));
    shown += !node.hidden;
  }
  for (const heading of headings) {
    let next = heading.nextElementSibling, any = false;
    while (next && next.tagName !== "H2" && (heading.tagName === "H2" || next.tagName !== "H3")) {
      any ||= next.tagName === "ARTICLE" && !next.hidden;
      next = next.nextElementSibling;
    }
    heading.hidden = !any;
  }
  one("count").textContent = `${shown} of ${entries.length} statements`;
}
document.querySelector("form").addEventListener("input", filter);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());

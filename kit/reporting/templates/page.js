"use strict";
(() => {
  const store = document.getElementById("charts");
  const specs = store ? JSON.parse(store.textContent) : [];
  // The picture stays where drawing fails or scripts are off.
  const draw = async (figure) => {
    const live = document.createElement("div");
    live.hidden = true;
    figure.append(live);
    try {
      await vegaEmbed(live, specs[Number(figure.dataset.chart)], { actions: false, renderer: "svg" });
      live.hidden = false;
      live.setAttribute("role", "img");
      const described = figure.querySelector("svg desc");
      live.setAttribute("aria-label", described ? described.textContent : "");
      figure.querySelector(":scope > svg").remove();
    } catch (error) {
      console.error(error);
      live.remove();
    }
  };
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    }
  }, { rootMargin: "600px" });
  document.querySelectorAll("figure[data-chart]").forEach((figure) => seen.observe(figure));

  const all = document.getElementById("all-code");
  all?.addEventListener("click", () => {
    const open = all.getAttribute("aria-pressed") !== "true";
    all.setAttribute("aria-pressed", String(open));
    all.textContent = open ? "Hide all code" : "Show all code";
    document.querySelectorAll("details.code").forEach((block) => { block.open = open; });
  });
})();

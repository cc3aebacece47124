"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const store = document.getElementById("charts");
  const specs = store ? JSON.parse(store.textContent) : [];

  // The picture stays where drawing fails or scripts are off.
  const draw = async (drawing) => {
    const still = drawing.querySelector("svg");
    const live = document.createElement("div");
    const inside = document.createElement("div");
    live.append(inside);
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", [...still.querySelectorAll(":scope > title, :scope > desc")].map((part) => part.textContent).join(". "));
    inside.setAttribute("aria-hidden", "true"); // the label says what there is to see
    live.hidden = true;
    drawing.append(live);
    try {
      const { $schema, ...spec } = specs[Number(drawing.dataset.chart)];
      const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      await vegaEmbed(inside, spec, { mode: "vega-lite", actions: false, renderer: "svg", logLevel: 1, tooltip: { theme } });
      still.remove();
      live.hidden = false;
    } catch (error) {
      console.error(error);
      live.remove();
    }
  };
  addEventListener("load", () => {
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          near.unobserve(target);
          draw(target);
        }
      }
    }, { rootMargin: "600px" });
    document.querySelectorAll("[data-chart]").forEach((drawing) => near.observe(drawing));
  });

  // Beside the download of its data: the chart as it stands, as a picture, and what draws it.
  const saved = (text, type) => `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
  document.querySelectorAll("figure [data-chart]").forEach((drawing) => {
    const fold = drawing.closest("figure").nextElementSibling;
    const csv = fold && fold.matches("details.data") ? fold.querySelector("a[download]") : null;
    if (!csv) return;
    const vector = () => saved(new XMLSerializer().serializeToString(drawing.querySelector("svg")), "image/svg+xml");
    const ways = {
      png: async () => {
        const image = new Image();
        image.src = vector();
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
        const paper = canvas.getContext("2d");
        paper.fillStyle = "#fff";
        paper.fillRect(0, 0, canvas.width, canvas.height);
        paper.drawImage(image, 0, 0, canvas.width, canvas.height);
        return canvas.toDataURL("image/png");
      },
      svg: vector,
      json: () => saved(JSON.stringify(specs[Number(drawing.dataset.chart)], null, 2), "application/json"),
    };
    const names = { png: "PNG", svg: "SVG", json: "Vega-Lite" };
    csv.after(...Object.entries(ways).flatMap(([kind, made]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "save", textContent: names[kind] });
      button.addEventListener("click", async () => {
        const link = document.createElement("a");
        Object.assign(link, { href: await made(), download: csv.download.replace(/csv$/, kind) });
        link.click();
      });
      return [" · ", button];
    }));
  });

  const contents = document.querySelector(".contents details");
  if (contents) {
    const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
    const current = contents.querySelector(".current");
    const here = new IntersectionObserver((entries) => {
      // What was left comes first, so that it does not undo what was entered.
      for (const { isIntersecting, target } of entries.sort((one, two) => one.isIntersecting - two.isIntersecting)) {
        const link = links.get(target.id);
        if (isIntersecting) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      const [reached] = [...links.values()].filter((link) => link.hasAttribute("aria-current"));
      current.textContent = reached ? reached.textContent : "";
    }, { rootMargin: "-20% 0px -79% 0px" });
    links.forEach((_, id) => {
      const section = document.getElementById(id);
      if (section) here.observe(section);
    });
    const narrow = matchMedia("(max-width: 60rem)");
    const fold = () => { contents.open = !narrow.matches; };
    narrow.addEventListener("change", fold);
    contents.addEventListener("click", (event) => { if (event.target.closest("a")) fold(); });
    fold();
  }

  const all = document.getElementById("all-code");
  if (all) {
    let open = false;
    all.hidden = !document.querySelector("details.code");
    all.addEventListener("click", () => {
      open = !open;
      all.textContent = open ? "Hide all code" : "Show all code";
      document.querySelectorAll("details.code").forEach((block) => { block.open = open; });
    });
  }

  // Only what does not fit needs the keyboard to scroll it.
  const wide = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll(".drawing, pre").forEach((block) => wide.observe(block));
})();

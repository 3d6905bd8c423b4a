// Comfort for maps: words at the pointer, zoom, the row of a shape, a year slider. Without it the map and its table stay.
(() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const make = (name, more) => Object.assign(document.createElement(name), more);
  const words = { in: "+", out: "−", whole: "○" };

  const begin = (figure) => {
    const svg = figure.querySelector("svg"), group = svg.querySelector(".zoomed");
    const frame = make("div", { className: "frame" });
    svg.before(frame);
    frame.append(svg);
    const shapes = new Map(), box = svg.querySelector(".sea");
    svg.querySelectorAll("[data-c]").forEach((shape) => {
      const title = shape.querySelector("title");
      shape.dataset.words = title.textContent;
      title.remove();
      shape.closest("a")?.setAttribute("aria-label", shape.dataset.words);
      shapes.set(shape.dataset.c, shape);
    });
    svg.querySelectorAll("g > title").forEach((title) => {
      title.parentNode.dataset.words = title.textContent;
      title.remove();
    });

    // The row of a shape, and back. A page has one table for a map: rows carry the same code.
    const rows = new Map([...document.querySelectorAll("tr[data-c]")].map((row) => [row.dataset.c, row]));
    const tip = make("div", { className: "tip", hidden: true });
    tip.setAttribute("aria-hidden", "true");
    frame.append(tip);
    let current = null;
    const show = (thing, x, y) => {
      if (current !== thing) {
        current?.classList.remove("current");
        rows.get(current?.dataset.c)?.classList.remove("current");
        current = thing;
        thing?.classList.add("current");
        rows.get(thing?.dataset.c)?.classList.add("current");
      }
      tip.hidden = !thing || x === undefined;
      if (tip.hidden) return;
      tip.textContent = thing.dataset.words;
      const inside = frame.getBoundingClientRect();
      tip.style.left = `${Math.max(0, Math.min(x - inside.left + 12, inside.width - tip.offsetWidth))}px`;
      tip.style.top = `${Math.max(0, y - inside.top - tip.offsetHeight - 10)}px`;
    };
    const at = (e) => e.target.closest?.("[data-words]");
    svg.addEventListener("pointermove", (e) => { if (!dragged) show(at(e), e.clientX, e.clientY); });
    svg.addEventListener("pointerleave", () => show(null));
    svg.addEventListener("focusin", (e) => {
      const shape = e.target.querySelector?.("[data-words]");
      const place = shape?.getBoundingClientRect();
      if (shape) show(shape, place.x + place.width / 2, place.y + place.height / 2);
    });
    svg.addEventListener("focusout", () => show(null));
    rows.forEach((row, code) => {
      row.addEventListener("pointerenter", () => show(shapes.get(code)));
      row.addEventListener("pointerleave", () => show(null));
      row.addEventListener("focusin", () => show(shapes.get(code)));
    });

    // Zoom and pan: what is drawn moves below a window that stays.
    const wide = box.width.baseVal.value, high = box.height.baseVal.value;
    const clip = document.createElementNS(NS, "clipPath"), holder = document.createElementNS(NS, "g");
    clip.id = `window-${Math.random().toString(36).slice(2)}`;
    clip.append(box.cloneNode());
    group.before(clip, holder);
    holder.append(group);
    holder.setAttribute("clip-path", `url(#${clip.id})`);
    let zoom = 1, left = 0, top = 0;
    // The scale tells the truth at every zoom.
    const strip = svg.querySelector(".strip"), number = new Intl.NumberFormat(document.documentElement.lang || "id");
    const measure = () => {
      const most = strip.dataset.km / zoom * wide / 4, tens = 10 ** Math.floor(Math.log10(most));
      const km = [5, 2, 1].find((part) => part * tens <= most) * tens, long = km * zoom / strip.dataset.km;
      const bar = strip.querySelector(".scale"), text = strip.querySelector(".km");
      bar.setAttribute("d", bar.getAttribute("d").replace(/h[\d.]+/, `h${long}`));
      text.setAttribute("x", long + 28);
      text.textContent = `${number.format(km)} km`;
    };
    const place = () => {
      left = Math.min(0, Math.max(left, wide * (1 - zoom)));
      top = Math.min(0, Math.max(top, high * (1 - zoom)));
      group.setAttribute("transform", `translate(${left} ${top}) scale(${zoom})`);
      svg.style.setProperty("--zoom", zoom);
      measure();
      svg.style.touchAction = zoom > 1 ? "none" : "pan-y";
    };
    const zoomTo = (wanted, x = wide / 2, y = high / 2) => {
      const next = Math.min(24, Math.max(1, wanted));
      left = x - (x - left) * next / zoom;
      top = y - (y - top) * next / zoom;
      zoom = next;
      show(null);
      place();
    };
    const spot = (x, y) => new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
    svg.addEventListener("wheel", (e) => {
      // A wheel scrolls the page; with Ctrl (or two fingers on a touchpad) it zooms, as everywhere.
      if (!e.ctrlKey && zoom === 1) return;
      e.preventDefault();
      const here = spot(e.clientX, e.clientY);
      zoomTo(zoom * Math.exp(-e.deltaY / 300), here.x, here.y);
    }, { passive: false });
    const fingers = new Map();
    let dragged = false, apart = 0;
    const ends = () => [...fingers.values()];
    svg.addEventListener("pointerdown", (e) => {
      fingers.set(e.pointerId, e);
      apart = 0;
      dragged = false;
      show(at(e), e.clientX, e.clientY);
    });
    svg.addEventListener("pointermove", (e) => {
      const before = fingers.get(e.pointerId);
      if (!before) return;
      const far = Math.hypot(e.clientX - before.clientX, e.clientY - before.clientY);
      if (!dragged && far < 4) return;
      if (!dragged) svg.setPointerCapture(e.pointerId);
      dragged = true;
      fingers.set(e.pointerId, e);
      if (fingers.size === 1) {
        const from = spot(before.clientX, before.clientY), to = spot(e.clientX, e.clientY);
        left += to.x - from.x;
        top += to.y - from.y;
        place();
      } else {
        const [a, b] = ends(), now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        const middle = spot((a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
        if (apart) zoomTo(zoom * now / apart, middle.x, middle.y);
        apart = now;
      }
    });
    const lift = (e) => { fingers.delete(e.pointerId); apart = 0; setTimeout(() => { dragged = false; }); };
    ["pointerup", "pointercancel"].forEach((name) => svg.addEventListener(name, lift));
    // A drag that ends on a link does not follow it.
    svg.addEventListener("click", (e) => { if (dragged) e.preventDefault(); }, true);
    svg.addEventListener("dragstart", (e) => e.preventDefault());

    const told = { ...words, ...JSON.parse(figure.dataset.map || "{}") };
    const buttons = make("div", { className: "zooms" });
    [["+", "in", () => zoomTo(zoom * 1.6)], ["−", "out", () => zoomTo(zoom / 1.6)], ["○", "whole", () => zoomTo(1)]]
      .forEach(([sign, name, act]) => {
        const button = make("button", { type: "button", textContent: sign, title: told[name], onclick: act });
        button.setAttribute("aria-label", told[name]);
        buttons.append(button);
      });
    frame.append(buttons);
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    frame.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === "+" || e.key === "=") zoomTo(zoom * 1.6);
      else if (e.key === "-") zoomTo(zoom / 1.6);
      else if (e.key === "0") zoomTo(1);
      else if (e.key === "Escape") show(null);
      else if (moves[e.key] && zoom > 1) { left += moves[e.key][0]; top += moves[e.key][1]; place(); }
      else return;
      e.preventDefault();
      e.stopPropagation();
    });
    place();

    // The year slider colours the map anew; what is hidden was never sent.
    const data = figure.parentNode.querySelector("script[data-frames]");
    if (!data) return;
    const { label, codes, frames, shades, unit, none, hidden } = JSON.parse(data.textContent);
    if (frames.length < 2) return;
    const names = new Map([...shapes].map(([code, shape]) => [code, shape.dataset.words.split(": ")[0]]));
    const last = frames.length - 1;
    const input = make("input", { type: "range", min: 0, max: last, value: last, step: 1 });
    const output = make("output"), holds = make("label", { className: "years", textContent: label });
    holds.append(input, output);
    frame.before(holds);
    const said = (value) => {
      if (value === null) return ["cn", none];
      if (value === "h") return ["ch", hidden];
      const shade = shades.findLast(([, low]) => value >= low) || shades[0];
      return [shade[0], `${number.format(value)} ${unit}`];
    };
    const turn = () => {
      const [name, values] = frames[input.value], by = new Map(codes.map((code, i) => [code, values[i]]));
      output.textContent = name;
      input.setAttribute("aria-valuetext", name);
      shapes.forEach((shape, code) => {
        const [css, told] = said(by.get(code) ?? null);
        shape.setAttribute("class", css);
        shape.dataset.words = `${names.get(code)}: ${told}`;
      });
    };
    input.addEventListener("input", turn);
    turn();
  };
  document.querySelectorAll("figure.map").forEach(begin);
})();

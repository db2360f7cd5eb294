// What a page looks like to somebody who zooms, spaces text out, or uses no mouse. Installed as `eyes`.
window.eyes = (() => {
  const said = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 170);
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const KINDS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const controls = () => [...document.querySelectorAll(KINDS)].filter((e) => shown(e) && !e.disabled);
  const apart = (e) => e.closest("svg, .gt-hidden, .govuk-visually-hidden, .gt-skip, .gt-rail__state");
  const unseen = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const s = getComputedStyle(up), r = up.getBoundingClientRect();
      if (s.clipPath !== "none" || (s.position === "absolute" && r.width <= 1 && r.height <= 1)) return true;
    }
    return false;
  };

  // Nothing stands to the right of the window.
  const wide = () => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const over = [...document.querySelectorAll("body *")].filter(
      (e) => !e.closest("svg") && !unseen(e) && e.getBoundingClientRect().right > root.clientWidth + 1,
    );
    return over.length ? over.slice(-3).map(said) : [`the page is ${root.scrollWidth} wide`];
  };

  const hides = (how) => how === "hidden" || how === "clip";
  // No element cuts off the text in it.
  const cut = () =>
    [...document.querySelectorAll("body *")]
      .filter((e) => shown(e) && !apart(e) && !e.matches("input, textarea, select, option") && e.textContent.trim())
      .filter((e) => {
        const s = getComputedStyle(e);
        const across = hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1;
        const down = hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1;
        return (across || down) && !unseen(e);
      })
      .slice(0, 3)
      .map(said);

  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || !shown(e) || e.closest("svg, script, style, option") || unseen(e)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) if (r.width > 1 && r.height > 1) found.push({ e, r });
    }
    return found.sort((one, two) => one.r.top - two.r.top);
  };
  // No line of text stands on another.
  const overlaid = () => {
    const all = lines(), found = [];
    for (let i = 0; i < all.length && found.length < 3; i++) {
      for (let j = i + 1; j < all.length && all[j].r.top < all[i].r.bottom; j++) {
        const one = all[i].r, two = all[j].r;
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        if (across > 2 && down > 0.45 * Math.min(one.height, two.height)) {
          found.push(`${said(all[i].e)} under ${said(all[j].e)}`);
          break;
        }
      }
    }
    return found;
  };

  // Nothing that stays in place covers more than a third of a small window.
  const covering = () =>
    [...document.querySelectorAll("body *")]
      .filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position) && shown(e) && !unseen(e))
      .filter((e) => e.getBoundingClientRect().height > innerHeight / 3)
      .map(said);

  const drawn = (e) => (e.matches("[type=radio], [type=checkbox]") && e.labels?.[0] ? e.labels[0] : e);
  const inText = (e) => {
    if (!getComputedStyle(e).display.startsWith("inline")) return false;
    const block = e.parentElement.closest("p, li, dd, dt, td, th, legend, label, h1, h2, h3, div, span") || e.parentElement;
    return block.textContent.trim().length > e.textContent.trim().length;
  };
  // A control is 24 by 24 pixels, or stands in text, or has that much room of its own (WCAG 2.5.8).
  const small = () => {
    const all = controls().filter((e) => !apart(e));
    const boxes = all.map((e) => drawn(e).getBoundingClientRect());
    return all
      .filter((e, n) => {
        const r = boxes[n];
        if ((r.width >= 24 && r.height >= 24) || inText(e)) return false;
        const x = r.left + r.width / 2, y = r.top + r.height / 2;
        return boxes.some((o, m) => {
          if (m === n || drawn(all[m]).contains(e) || e.contains(all[m])) return false;
          const dx = Math.max(o.left - x, 0, x - o.right), dy = Math.max(o.top - y, 0, y - o.bottom);
          return dx * dx + dy * dy < 144;
        });
      })
      .slice(0, 3)
      .map(said);
  };

  const SIDES = ["Top", "Right", "Bottom", "Left"];
  // What of a style can show that something is reached: the colour of words alone is not enough.
  const marks = (s) => {
    const outline = s.outlineStyle === "none" || s.outlineWidth === "0px" ? "" : `${s.outlineWidth}${s.outlineColor}`;
    const edges = SIDES.map((side) => (s[`border${side}Width`] === "0px" ? "" : s[`border${side}Width`] + s[`border${side}Color`]));
    return [outline, s.boxShadow, s.backgroundColor, s.clipPath, ...edges].join();
  };
  const parts = (e) => [e, ...(e.labels ? [...e.labels] : []), e.nextElementSibling, e.parentElement].filter(Boolean);
  const look = (e) =>
    parts(e)
      .flatMap((part) => [null, "::before", "::after"].map((pseudo) => marks(getComputedStyle(part, pseudo))))
      .join("|");
  const clear = (e) => {
    const r = drawn(e).getBoundingClientRect();
    const x = Math.min(Math.max(r.left + Math.min(r.width / 2, 12), 1), innerWidth - 1);
    const y = Math.min(Math.max(r.top + r.height / 2, 1), innerHeight - 1);
    if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) return false;
    const top = document.elementFromPoint(x, y);
    return !top || e.contains(top) || top.contains(e) || drawn(e).contains(top) || top.closest("label") !== null;
  };
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // Whether the words of a control that has the focus stand out from its own ground (WCAG 1.4.3).
  const faint = (e) => {
    const ground = getComputedStyle(e).backgroundColor;
    if (!/^rgb\(/.test(ground) || matchMedia("(forced-colors: active)").matches) return false;
    return [e, ...e.querySelectorAll("*")]
      .filter((part) => !part.closest("svg") && [...part.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
      .some((part) => {
        const [one, two] = [light(getComputedStyle(part).color), light(ground)].sort((a, b) => b - a);
        return !unseen(part) && (one + 0.05) / (two + 0.05) < 4.5;
      });
  };
  let before, reached, plain, covered, pale, was;
  // Before the first Tab: how every control looks when it is not reached.
  const watch = () => {
    // Tab goes on from where the focus was last: let that be the top.
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
    scrollTo(0, 0);
    reached = new Set(); plain = []; covered = []; pale = [];
    before = new Map(controls().map((e) => [e, look(e)]));
    document.addEventListener("focusin", ({ target }) => {
      reached.add(target);
      was = clear(target);
      if (before.has(target) && faint(target)) pale.push(said(target));
      if (before.has(target) && look(target) === before.get(target)) plain.push(said(target));
    });
    document.addEventListener("focusout", ({ target }) => {
      // a page follows the focus a little later; a link to skip the top is there only while it has it
      if (before.has(target) && document.hasFocus() && !was && !clear(target)) covered.push(said(target));
    });
    const stops = (e) => (["date", "time", "datetime-local", "month"].includes(e.type) ? 6 : 1);
    return [...before.keys()].reduce((sum, e) => sum + stops(e), 0);
  };
  const group = (e) => (e.type === "radio" && e.name ? [...document.querySelectorAll(`input[name="${CSS.escape(e.name)}"]`)] : [e]);
  // After the last: what was not reached, what did not show it, what something else hid.
  const walked = () => {
    const missed = [...before.keys()].filter((e) => shown(e) && !group(e).some((each) => reached.has(each)));
    document.activeElement?.blur();
    const some = (found) => [...new Set(found)].slice(0, 3);
    return {
      "not reached by Tab": some(missed.map(said)),
      "focus not seen": some(plain),
      "focus hidden": some(covered),
      "focus too faint to read": some(pale),
    };
  };

  // Send a form with these fields to this address, as a page's own form would.
  const send = (address, token, fields) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: address, enctype: "multipart/form-data" });
    const put = (name, value) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    };
    put("csrfmiddlewaretoken", token);
    for (const [name, value] of fields) {
      if (typeof value === "string") { put(name, value); continue; }
      const input = document.createElement("input"), held = new DataTransfer();
      const bytes = Uint8Array.from(atob(value.content), (c) => c.charCodeAt(0));
      held.items.add(new File([bytes], value.name));
      Object.assign(input, { type: "file", name });
      input.files = held.files;
      form.append(input);
    }
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
  };

  return { wide, cut, overlaid, covering, small, watch, walked, send };
})();

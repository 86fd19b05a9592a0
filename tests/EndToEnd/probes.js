// Measures the page from inside, for the tests.
(() => {
  const box = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height].map((each) => Math.round(each * 10) / 10).join(" ");
  };
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.trim().slice(0, 40)}"`;

  /** Every frame from now on: how many characters stand there to say, and where everything around them is. */
  function watchGrowth() {
    const around = [".bar", ".words", ".say .row", ".say .row button:nth-child(2)", ".card", ".heard", ".controls", ".composer"];
    window.growth = [];
    const frame = () => {
      const text = document.querySelector(".words .arriving");
      const places = around.map((selector) => `${selector} ${box(document.querySelector(selector))}`).join("; ");
      window.growth.push({
        characters: text.textContent.length,
        firstWord: wordPlace(text),
        // Text that outgrew the room kept for it would lie over what is below.
        overflows: text.getBoundingClientRect().bottom > document.querySelector(".say .row").getBoundingClientRect().top,
        card: document.querySelector("#card-title").textContent,
        cardText: document.querySelector(".card-text")?.textContent ?? "",
        places,
      });
      requestAnimationFrame(frame);
    };
    frame();
  }

  function wordPlace(element) {
    const node = element.firstChild;
    if (!node?.length) return "";
    const range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(node, 1);
    return box(range);
  }

  /** Every text that the live regions have told, in their order. */
  function watchLiveRegions() {
    window.told = [];
    for (const region of document.querySelectorAll("[aria-live]:not([aria-live=off]), [role=status], [role=alert]")) {
      const look = () => region.textContent && window.told.at(-1) !== region.textContent && window.told.push(region.textContent);
      look();
      new MutationObserver(look).observe(region, { childList: true, characterData: true, subtree: true });
    }
  }

  /** Visible text with too little contrast to what is behind it, by WCAG 2.2's definition. A colour counts as it is once its transition has ended. */
  function faintText(least = 4.5) {
    const faint = [];
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
    for (const element of document.querySelectorAll("body *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
      if ((!own && !element.placeholder) || !visible(element) || element.closest("[aria-hidden=true]:not(kbd), .unseen")) continue;
      const style = getComputedStyle(element, own ? null : "::placeholder");
      const ratio = contrast(rgb(style.color), background(element));
      if (ratio < least) faint.push(`${name(element)}: ${ratio.toFixed(2)}`);
    }
    return faint;
  }

  function background(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  }

  function rgb(text) {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  }

  function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(colour) {
    const [r, g, b] = colour.slice(0, 3).map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** Whatever sticks out of the window or of its own box sideways. */
  function sidewaysOverflow() {
    const width = document.documentElement.clientWidth;
    const out = document.documentElement.scrollWidth > width ? [`page: ${document.documentElement.scrollWidth} of ${width}`] : [];
    for (const element of document.querySelectorAll("body *")) {
      if (!visible(element) || element.closest(".unseen, svg, .switch input")) continue;
      const { left, right } = element.getBoundingClientRect();
      if (left < -0.5 || right > width + 0.5) out.push(`${name(element)}: ${left} to ${right} of ${width}`);
      const clipped = getComputedStyle(element).textOverflow === "ellipsis" || element.matches("input, .tick");
      if (!clipped && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) {
        out.push(`${name(element)}: content of ${element.scrollWidth} in ${element.clientWidth}`);
      }
    }
    return out;
  }

  /** What has the focus, and what is wrong with how it shows; null on the page itself. */
  function focused() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const label = element.labels?.[0];
    const face = element.matches(".switch input, .unseen") ? (label?.querySelector("span:last-child") ?? element) : element;
    const { left, top, right, bottom } = face.getBoundingClientRect();
    const outline = getComputedStyle(face);
    const wrong = [];
    if (!(right - left > 0 && bottom - top > 0)) wrong.push("has no size");
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) wrong.push("lies outside the window");
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!over || !(face.contains(over) || over.contains(face))) wrong.push("is covered");
    if (outline.outlineStyle === "none" || parseFloat(outline.outlineWidth) < 2) wrong.push("shows no outline");
    else if (contrast(rgb(outline.outlineColor), background(face.parentElement)) < 3) wrong.push("has a faint outline");
    const title = element.getAttribute("aria-label") ?? label?.textContent ?? element.textContent;
    return { name: `${element.tagName.toLowerCase()} ${title.trim()}`, wrong: wrong.join(", ") };
  }

  /** Everything that Tab should reach: of a group of radio buttons, the one that is chosen. */
  function reachable() {
    return [...document.querySelectorAll("button, input, textarea, a[href], summary, [tabindex='0']")].filter((each) =>
      !each.disabled && each.checkVisibility() && !(each.type === "radio" && !each.checked)).length;
  }

  window.probes = { watchGrowth, watchLiveRegions, faintText, sidewaysOverflow, focused, reachable };
})();

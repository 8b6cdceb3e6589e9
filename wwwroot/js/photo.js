// Zoom and pan of a photograph under its overlay. The picture is moved by a transform; the overlay stays where it is and
// shows another part of its own coordinates (pixels of the photograph), so its lines and letters are crisp at any zoom.
const maxScale = 24;
const fewLines = 12; // up to so many distances are always written; PhotoOverlay and OverlayLine have the same numbers
const distanceRoomPixels = 96; // where there are more, lines shorter than this on the screen do without
const compactBelowPixels = 52; // boxes narrower than this on the screen carry a mark instead of a label

const nothing = () => {};

export function attach(root) {
  // Whoever goes on quickly has the next photograph before this script is there: nothing is left to look after.
  if (!root) return { zoomBy: nothing, fit: nothing, refresh: nothing, focusFace: nothing, dispose: nothing };
  const canvas = root.querySelector(".photo-canvas");
  const image = root.querySelector(".photo-image");
  const overlay = root.querySelector(".photo-overlay");
  const width = Number(canvas.dataset.width);
  const height = Number(canvas.dataset.height);
  const listeners = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { ...options, signal: listeners.signal });
  const pointers = new Map();
  let scale = 1, left = 0, top = 0; // the photograph's corner in pixels of the canvas, and how much larger than fitting it is
  let moved = false;

  const pixelsPerUnit = () => canvas.clientWidth / width * scale;

  function show() {
    const shownWidth = canvas.clientWidth, shownHeight = canvas.clientHeight;
    left = Math.min(0, Math.max(shownWidth - shownWidth * scale, left));
    top = Math.min(0, Math.max(shownHeight - shownHeight * scale, top));
    const perUnit = pixelsPerUnit();
    if (!(perUnit > 0)) return;
    image.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
    overlay.setAttribute("viewBox", `${-left / perUnit} ${-top / perUnit} ${width / scale} ${height / scale}`);
    overlay.style.setProperty("--unit", String(1 / perUnit));
    root.dataset.zoomed = scale > 1.001 ? "yes" : "no";
    for (const face of overlay.querySelectorAll("[data-face]")) {
      face.toggleAttribute("data-compact", Number(face.dataset.width) * perUnit < compactBelowPixels);
    }
    const pairs = overlay.querySelectorAll("[data-pair]");
    for (const pair of pairs) {
      pair.toggleAttribute("data-compact", pairs.length > fewLines && Number(pair.dataset.length) * perUnit < distanceRoomPixels);
    }
  }

  function zoomAt(x, y, factor) {
    const next = Math.min(maxScale, Math.max(1, scale * factor));
    left = x - (x - left) * next / scale;
    top = y - (y - top) * next / scale;
    scale = next;
    show();
  }

  const place = event => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  on(canvas, "wheel", event => {
    if (event.deltaY > 0 && scale <= 1) return; // nothing left to zoom out of: the page scrolls
    event.preventDefault();
    const { x, y } = place(event);
    zoomAt(x, y, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)));
  }, { passive: false });

  on(canvas, "pointerdown", event => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, place(event));
    moved = false;
  });
  on(canvas, "pointermove", event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      const spread = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      zoomAt(middle.x, middle.y, spread(now, other) / spread(before, other));
    } else if (scale > 1) {
      if (!moved && Math.hypot(now.x - before.x, now.y - before.y) < 3) return;
      if (!moved) { moved = true; canvas.setPointerCapture(event.pointerId); }
      left += now.x - before.x;
      top += now.y - before.y;
      show();
    }
    pointers.set(event.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) on(canvas, name, event => pointers.delete(event.pointerId));
  on(canvas, "dblclick", event => { const { x, y } = place(event); if (scale > 1) fit(); else zoomAt(x, y, 3); });
  on(root, "keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") event.preventDefault();
    else if (event.key === "+" || event.key === "=") zoomBy(1.5);
    else if (event.key === "-") zoomBy(1 / 1.5);
    else if (event.key === "0") fit();
  });

  const size = new ResizeObserver(show);
  size.observe(canvas);
  show();

  function zoomBy(factor) { zoomAt(canvas.clientWidth / 2, canvas.clientHeight / 2, factor); }
  function fit() { scale = 1; left = top = 0; show(); }

  return {
    zoomBy,
    fit,
    refresh: show,
    focusFace(index) {
      const face = overlay.querySelector(`[data-face="${index}"]`);
      if (!face) return;
      const perUnit = pixelsPerUnit();
      const box = face.querySelector(".box");
      const x = (Number(box.getAttribute("x")) + Number(box.getAttribute("width")) / 2) * perUnit + left;
      const y = (Number(box.getAttribute("y")) + Number(box.getAttribute("height")) / 2) * perUnit + top;
      if (x < 0 || y < 0 || x > canvas.clientWidth || y > canvas.clientHeight) {
        left += canvas.clientWidth / 2 - x;
        top += canvas.clientHeight / 2 - y;
        show();
      }
      face.focus({ preventScroll: true });
    },
    dispose() { listeners.abort(); size.disconnect(); },
  };
}

// Keys of the review desk, and the drawing of a missed face over the photograph.
const letters = { m: "Mask", n: "NoMask", x: "NotAFace", c: "Program", u: "Undo", y: "Redo", r: "Reviewed", d: "Draw", j: "NextImage", k: "PreviousImage" };
const names = {
  ArrowRight: "NextFace", ArrowLeft: "PreviousFace", ArrowDown: "NextFace", ArrowUp: "PreviousFace",
  PageDown: "NextImage", PageUp: "PreviousImage", Enter: "Reviewed", Escape: "Cancel", "?": "Help",
};
const steps = new Set(["NextFace", "PreviousFace", "NextImage", "PreviousImage"]);
const typing = "textarea, select, [contenteditable], [role=menu], .mud-popover, .mud-dialog, input:not([type=checkbox]):not([type=radio])";
const pressable = "button, a, summary, input, [role=button]:not(.face)";
const minSidePixels = 8; // of the photograph; the program asks for as much

export function attach(desk, root) {
  const listeners = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { ...options, signal: listeners.signal });
  let drawing = null; // while a face is drawn: its rectangle in pixels of the photograph, where the pointer went down, which pointer
  let preloaded = null;

  const parts = () => ({ canvas: root.querySelector(".photo-canvas"), overlay: root.querySelector(".photo-overlay"), box: root.querySelector(".draw-box") });

  // The letter a key stands for, also while a Korean input method is on, which gives syllables.
  function letter(event) {
    if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
    return /^Key[A-Z]$/.test(event.code) && !/^[ -~]$/.test(event.key) ? event.code[3].toLowerCase() : null;
  }

  function command(event) {
    const key = letter(event);
    if (event.altKey) return null;
    if (event.ctrlKey || event.metaKey) return key === "z" ? (event.shiftKey ? "Redo" : "Undo") : key === "y" ? "Redo" : null;
    if (event.shiftKey && (key === "m" || key === "n")) return key === "m" ? "AllMask" : "AllNoMask";
    if (event.shiftKey && key) return null;
    return key ? letters[key] ?? null : names[event.key] ?? null;
  }

  on(document, "keydown", event => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || target.closest(typing)) return;
    if (drawing && drawByKey(event)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    const name = command(event);
    if (!name || (event.repeat && !steps.has(name))) return;
    if (event.key === "Enter" && target.closest(pressable)) return; // Enter presses what has the focus
    if (event.key.startsWith("Arrow") && target.closest(".photo-overlay")) return; // from face to face, by place
    event.preventDefault();
    desk.invokeMethodAsync("CommandAsync", name);
  }, { capture: true });

  const place = event => {
    const { canvas, overlay } = parts();
    const frame = canvas.getBoundingClientRect(), view = overlay.viewBox.baseVal;
    return { x: view.x + (event.clientX - frame.left) / frame.width * view.width, y: view.y + (event.clientY - frame.top) / frame.height * view.height };
  };

  function show() {
    const { box } = parts();
    if (!box || !drawing) return;
    const { x, y, width, height } = drawing.box;
    for (const [name, value] of Object.entries({ x, y, width: Math.max(0, width), height: Math.max(0, height) })) box.setAttribute(name, value);
  }

  function accept() {
    const { x, y, width, height } = drawing.box;
    if (Math.min(width, height) < minSidePixels) return;
    desk.invokeMethodAsync("DrawnAsync", x, y, width, height);
  }

  // A box in the middle that the arrows move, and with Shift make larger and smaller.
  function drawByKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key.startsWith("Arrow") || event.key === "Enter")) return false;
    const view = parts().overlay.viewBox.baseVal, step = Math.max(1, view.width / 100);
    if (!drawing.box.width) {
      const side = Math.min(view.width, view.height) / 6;
      drawing.box = { x: view.x + (view.width - side) / 2, y: view.y + (view.height - side) / 2, width: side, height: side };
    } else if (event.key === "Enter") {
      accept();
    } else {
      const across = (event.key === "ArrowRight") - (event.key === "ArrowLeft"), down = (event.key === "ArrowDown") - (event.key === "ArrowUp");
      const [wide, high] = event.shiftKey ? ["width", "height"] : ["x", "y"];
      drawing.box[wide] += across * step;
      drawing.box[high] += down * step;
      if (event.shiftKey) {
        drawing.box.width = Math.max(minSidePixels, drawing.box.width);
        drawing.box.height = Math.max(minSidePixels, drawing.box.height);
      }
    }
    show();
    return true;
  }

  // Before the photograph's own handlers, which would move it.
  const own = (name, handler) => on(root, name, event => {
    if (!drawing || !event.target.closest(".photo-canvas")) return;
    event.stopPropagation();
    event.preventDefault();
    handler?.(event);
  }, { capture: true });

  own("pointerdown", event => {
    if (event.button !== 0 || drawing.pointer !== null) return;
    drawing.start = place(event);
    drawing.pointer = event.pointerId;
    drawing.box = { ...drawing.start, width: 0, height: 0 };
    parts().canvas.setPointerCapture(event.pointerId);
    show();
  });
  own("pointermove", event => {
    if (drawing.pointer !== event.pointerId) return;
    const now = place(event), { start } = drawing;
    drawing.box = { x: Math.min(start.x, now.x), y: Math.min(start.y, now.y), width: Math.abs(now.x - start.x), height: Math.abs(now.y - start.y) };
    show();
  });
  own("pointerup", event => {
    if (drawing.pointer !== event.pointerId) return;
    drawing.pointer = null;
    accept();
  });
  own("pointercancel", () => { drawing.pointer = null; drawing.box = { x: 0, y: 0, width: 0, height: 0 }; show(); });
  for (const name of ["mousedown", "click", "dblclick"]) own(name);

  if (root) root.dataset.keys = "yes"; // keys mean something from now on; browser tests wait for it

  return {
    setDrawing(active) {
      drawing = active ? { box: { x: 0, y: 0, width: 0, height: 0 }, start: null, pointer: null } : null;
    },
    preload(address) {
      preloaded = new Image();
      preloaded.src = address;
    },
    // Only the list scrolls, never the page.
    showFace(index) {
      const row = root.querySelector(`[data-list-face="${index}"]`), list = row?.closest(".faces");
      if (!list || list.scrollHeight <= list.clientHeight) return;
      const [rowFrame, listFrame] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
      if (rowFrame.top < listFrame.top) list.scrollTop -= listFrame.top - rowFrame.top;
      else if (rowFrame.bottom > listFrame.bottom) list.scrollTop += rowFrame.bottom - listFrame.bottom;
    },
    dispose() { listeners.abort(); preloaded = null; },
  };
}

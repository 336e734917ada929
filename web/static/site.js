// What helps where there is script; every page works without it.
"use strict";

const drawing = document.querySelector(".drawing > svg.timeline");
const png = document.getElementById("png");

if (png) {
  png.hidden = false;
  png.addEventListener("click", () => keepAsPng(png.dataset.svg, png.dataset.name));
}

if (drawing && document.getElementById("from")) {
  zoomByDragging(drawing);
}

if (drawing) {
  tellWhatIsPointedAt(drawing);
  moveWithArrows(drawing);
}

// Draw the SVG at twice its size, so that it is sharp in print and on dense screens.
function keepAsPng(source, name) {
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
  image.src = source;
}

// Say what a bar or a line stands for beside it, for the mouse and for the keyboard alike.
function tellWhatIsPointedAt(svg) {
  const told = document.createElement("p");
  told.className = "told";
  told.hidden = true;
  told.setAttribute("aria-hidden", "true");
  svg.parentElement.append(told);
  for (const link of svg.querySelectorAll("a.bar, a.line")) {
    const title = link.querySelector("title");
    const show = () => {
      const frame = svg.parentElement.getBoundingClientRect();
      const box = (link.querySelector("rect, polyline") || link).getBoundingClientRect();
      told.textContent = link.getAttribute("aria-label");
      told.hidden = false;
      const left = Math.min(box.left - frame.left, frame.width - told.offsetWidth - 8);
      told.style.left = `${Math.max(8, left)}px`;
      told.style.top = `${box.bottom - frame.top + 6}px`;
    };
    const hide = () => {
      told.hidden = true;
    };
    link.setAttribute("aria-label", title.textContent);
    title.remove(); // the browser's own, slower one
    link.addEventListener("pointerenter", show);
    link.addEventListener("pointerleave", hide);
    link.addEventListener("focus", show);
    link.addEventListener("blur", hide);
  }
}

// Left and right go from bar to bar, as Tab does.
function moveWithArrows(svg) {
  const links = [...svg.querySelectorAll("a")];
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && links[links.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

// A stretch that is dragged over becomes the time that is shown.
function zoomByDragging(svg) {
  const { start, end } = svg.parentElement.dataset;
  const [first, last] = [Date.parse(start), Date.parse(end)];
  const day = (share) => new Date(first + share * (last - first)).toISOString().slice(0, 10);
  const share = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  let from = null;
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "mouse" ? share(event) : null;
  });
  svg.addEventListener("pointerup", (event) => {
    const [left, right] = [from, share(event)].sort((one, other) => one - other);
    if (from !== null && right - left > 0.02) {
      document.getElementById("from").value = day(left);
      document.getElementById("to").value = day(right);
      document.getElementById("from").form.submit();
    }
    from = null;
  });
}

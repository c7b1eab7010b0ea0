// − and + beside a small number, and how many rows of a list are chosen. Pages work without it.
(() => {
  "use strict";
  const step = (input, way) => {
    if (way > 0) input.stepUp();
    else input.stepDown();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const button = (sign, label, input, way) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => step(input, way));
    return made;
  };
  const furnish = (root) => {
    for (const holder of root.querySelectorAll("[data-stepper]")) {
      if (holder.querySelector("button")) continue;
      const input = holder.querySelector("input");
      holder.prepend(button("−", holder.dataset.less, input, -1));
      holder.append(button("+", holder.dataset.more, input, 1));
    }
    for (const output of root.querySelectorAll("[data-picked]")) tell(output);
  };
  const tell = (output) => {
    const form = output.closest("form");
    const number = form.querySelectorAll(".pick :checked").length;
    output.dataset.empty ??= output.textContent;
    const some = number ? output.dataset.picked.replace("{n}", number) : output.dataset.empty;
    output.textContent = form.querySelector(".pick-all :checked") ? output.dataset.everybody : some;
  };
  document.addEventListener("change", ({ target }) => {
    const output = target.matches(".pick input, .pick-all input") && target.closest("form")?.querySelector("[data-picked]");
    if (output) tell(output);
  });
  document.addEventListener("htmx:load", ({ target }) => furnish(target));
  furnish(document);
})();

// Completes commands in the question's input: a combobox with a listbox, all by keyboard.

export function completion(input, list, commands) {
  let shown = [];
  let active = -1;

  function matching() {
    const typed = input.value.trimStart().toLowerCase();
    if (!typed.startsWith("/") || typed.includes(" ")) return [];
    return commands().filter(({ name }) => name.startsWith(typed) && name !== typed);
  }

  function option(command, at) {
    const item = document.createElement("li");
    item.id = `option-${at}`;
    item.role = "option";
    item.ariaSelected = String(at === active);
    for (const [kind, text] of [["code", command.usage], ["span", command.summary]]) {
      item.appendChild(document.createElement(kind)).textContent = text;
    }
    // The press must not take the focus from the input; what it takes is decided on the click.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(at));
    return item;
  }

  function draw() {
    list.replaceChildren(...shown.map(option));
    list.hidden = shown.length === 0;
    input.ariaExpanded = String(shown.length > 0);
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `option-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function close() {
    shown = [];
    active = -1;
    draw();
  }

  function open() {
    shown = matching();
    active = -1;
    draw();
  }

  function take(at) {
    const { name, usage } = shown[at];
    input.value = usage === name ? name : `${name} `;
    close();
    input.focus();
    input.dispatchEvent(new Event("completed"));
  }

  function move(step) {
    const places = shown.length + 1; // the last place is the input itself
    active = ((active + 1 + step + places) % places) - 1;
    draw();
  }

  // Whether the list had a use for the key.
  function key(name) {
    if (!shown.length) return false;
    if (name === "ArrowDown") move(1);
    else if (name === "ArrowUp") move(-1);
    else if (name === "Escape") close();
    else if (name === "Tab") take(Math.max(active, 0));
    else if (name === "Enter" && active >= 0) take(active);
    else return false;
    return true;
  }

  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  return { key, close };
}

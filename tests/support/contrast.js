// The contrast of every text and control of ours with what is painted below it, as [ratio, what it is] of those below
// `least`. axe-core takes white on white for a text that is meant to be hidden.
({ours, least}) => {
  for (const animation of document.getAnimations()) animation.cancel();
  for (const menu of document.querySelectorAll(`${ours} details`)) menu.open = true;

  const brush = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  const painted = (...colours) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of ["white", ...colours]) {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const grounds = (element) =>
    element ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (element) => {
    const below = grounds(element);
    const both = [painted(...below), painted(...below, getComputedStyle(element).color)].map(luminance);
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };

  const says = (element) =>
    element.matches("select, input:not([type=checkbox])") ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const shown = [...document.querySelectorAll(`${ours}, ${ours} *`)].filter(
    (element) => says(element) && element.checkVisibility({visibilityProperty: true}) && !element.closest(".headerlink"),
  );
  const found = shown.map((element) => [contrast(element), element.outerHTML.slice(0, 120)]);
  return {texts: found.length, faults: found.filter(([ratio]) => ratio < least)};
}

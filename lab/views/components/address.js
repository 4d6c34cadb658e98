// The whole address of a file that the server holds, wherever the app is mounted.
function absolute(address) {
  const script = document.querySelector('script[src*="static/js/"]');
  const root = script ? script.src.replace(/static\/js\/.*$/, "") : document.baseURI;
  return address.startsWith("data:") ? address : new URL(address.replace(/^\//, ""), root).href;
}

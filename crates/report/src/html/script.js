(() => {
  const page = document.documentElement;
  const middle = () => ({ block: innerWidth > 860 ? 'center' : 'start' }); // a sheet covers the lower part of a phone
  const tell = () => decodeURIComponent(location.hash.slice(1));
  const find = (id) => (id ? document.getElementById(id) : null);
  let shown = null;
  page.classList.add('js');

  // Shows one answer and says in the text which one; the text itself does not move.
  function show(place) {
    if (shown) shown.classList.remove('on');
    document.querySelectorAll('[aria-current]').forEach((mark) => mark.removeAttribute('aria-current'));
    shown = place && place.classList.contains('answer') ? place : null;
    page.classList.toggle('open', Boolean(shown));
    if (!shown) return;
    shown.classList.add('on');
    shown.parentElement.scrollTop = 0;
    shown.scrollTop = 0;
    document.querySelectorAll(`a[href="#${CSS.escape(shown.id)}"]`).forEach((mark) => {
      if (mark.matches('.st, .im, .gm a')) mark.setAttribute('aria-current', 'true');
    });
  }
  function go(id, focus) {
    history.pushState(null, '', `#${id}`);
    show(find(id));
    if (shown && focus) shown.focus({ preventScroll: true });
  }
  function close() {
    if (!shown) return;
    const back = find(shown.id.replace('a-', 's-'));
    history.pushState(null, '', `${location.pathname}${location.search}`);
    show(null);
    if (back) back.focus({ preventScroll: true });
  }
  // A target inside a closed part opens it.
  function reveal() {
    const place = find(tell());
    const part = place && place.closest('details');
    if (part) part.open = true;
    show(place);
    return place;
  }

  addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.classList.contains('close')) {
      event.preventDefault();
      close();
    } else if (link.hash.startsWith('#a-')) {
      const id = decodeURIComponent(link.hash.slice(1));
      const answer = find(id);
      if (!answer) return;
      event.preventDefault();
      const inside = link.closest('.docgrid') === answer.closest('.docgrid');
      go(id, true);
      const mark = find(id.replace('a-', 's-'));
      const place = mark && mark.getBoundingClientRect();
      if (mark && (!inside || place.top < 110 || place.bottom > innerHeight)) mark.scrollIntoView(middle());
    }
  });
  addEventListener('popstate', reveal);
  addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target.matches('input:not([type=radio]), textarea')) return;
    if (event.key === 'Escape') close();
    const step = { j: 'next', k: 'prev' }[event.key];
    const link = step && shown && shown.querySelector(`.phead a.${step}`);
    if (link) link.click();
  });
  const first = reveal();
  if (first && shown) {
    const mark = find(shown.id.replace('a-', 's-'));
    if (mark) mark.scrollIntoView(middle());
  }
})();

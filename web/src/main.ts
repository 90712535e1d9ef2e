import { mount } from "svelte";
import App from "./App.svelte";
import { look } from "./theme/theme.svelte";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";

// Before anything is drawn: a dark page never begins light.
document.documentElement.dataset.theme = look.drawn;
const target = document.getElementById("app");
if (target) mount(App, { target });

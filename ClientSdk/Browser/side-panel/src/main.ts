import "../../design/tokens.css";
import "../../design/base.css";
import "./panel.css";
import { mount } from "./mount.js";

const root = document.getElementById("panel");
if (root) mount(root);

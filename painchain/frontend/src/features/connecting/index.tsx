import '../../styles/connecting.css';

export { ChooseTypePage } from './choose-type.js';
export { AddIntegrationPage, EditIntegrationPage } from './edit-pages.js';

export * from './call-script.js';
export * from './segment.js';
export * from './turn-debounce.js';
export * from './turn-end.js';

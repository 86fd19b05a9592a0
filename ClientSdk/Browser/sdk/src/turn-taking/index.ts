export * from './call-script';
export * from './segment';
export * from './turn-debounce';
export * from './turn-end';

/** 16-bit samples, little-endian, in base64: what the wire carries. Samples beyond full scale are clipped. */
export function toPcm16(samples: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, at) => bytes.setInt16(at * 2, Math.round(Math.min(1, Math.max(-1, sample)) * 32767), true));
  return btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)));
}

using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>A moment of the voice of a rehearsal's buyer. Not part of the sequence of events: what is lost of it is not repaired.</summary>
/// <param name="Epoch">The ownership it was made under; a gateway drops older ones.</param>
public sealed record SpeechFromWorker(long Epoch, SpeechFrame Frame);

using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A moment of the buyer's voice came.</summary>
sealed record ReceivedSpeech(double AtMs, int Connection, SpeechFrame Frame) : Sighting(AtMs, Connection);

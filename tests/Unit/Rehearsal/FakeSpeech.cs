using Teleprompter.InferenceWorker.SpeechSynthesis;

namespace Teleprompter.Tests.Unit.Rehearsal;

/// <summary>Says turns aloud as a test tells it to.</summary>
sealed class FakeSpeech : ICallSpeech
{
    public List<Turn> Turns { get; } = [];

    public Turn Last => Turns[^1];

    public ISpeechTurn Begin(string turnId, string? voice, CancellationToken cancellation)
    {
        Turns.Add(new Turn(turnId, cancellation) { Voice = voice });
        return Last;
    }

    public sealed class Turn(string id, CancellationToken cancellation) : ISpeechTurn
    {
        public string Id => id;

        public string? Voice { get; init; }

        public TurnSpoken Spoken { get; } = new(id, Failed: false);

        public bool IsOpen => !cancellation.IsCancellationRequested;

        public string Text { get; private set; } = "";

        public bool Ended { get; private set; }

        /// <summary>How much of the text is being said.</summary>
        public int Said { get; set; }

        public int Write(string text, bool ended)
        {
            (Text, Ended) = (text, ended);
            return Said;
        }

        /// <summary>A character takes 100 ms.</summary>
        public string Heard { get; private set; } = "";

        public void Report(TimeSpan played) =>
            Heard = Text[..Math.Min(Text.Length, (int)(played.TotalMilliseconds / 100))].TrimEnd();
    }
}

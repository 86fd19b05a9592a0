using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>A model that writes what a test tells it to, behind a real gate.</summary>
sealed class FakeModel(ManualTimeProvider time, Action<CallInput> post) : ICallModel
{
    public ManualTimeProvider Time => time;

    public ModelState State { get; set; } = ModelState.None;

    public AdmissionGate Gate { get; set; } = NewGate(time, slots: 8);

    public string CallId { get; init; } = "call";

    public List<Stream> Streams { get; } = [];

    public List<ModelPrompt> Summaries { get; } = [];

    public Stream Last => Streams[^1];

    public static AdmissionGate NewGate(ManualTimeProvider time, int slots) =>
        new(Options.Create(new AdmissionOptions { Slots = slots, Pending = 3 }), time);

    public AdmissionLoad Load => Gate.Load;

    public RecordedUsage Recorded { get; } = new();

    public IModelUsage Usage => Recorded;

    public AdmissionTicket? TryAskSpare() => Gate.TryAskSpare($"{CallId}/attempt", ticket => post(new AdmissionMoved(ticket)));

    public AdmissionTicket? Promote(AdmissionTicket spare) => Gate.Promote(spare, CallId) ? spare : null;

    public AdmissionTicket Ask(TimeSpan askedAgo) =>
        Gate.Ask(CallId, ticket => post(new AdmissionMoved(ticket)), time.GetTimestamp() - askedAgo.Ticks);

    public void Release(AdmissionTicket ticket) => Gate.Release(ticket);

    public void Write(long writingId, ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate) =>
        Streams.Add(new Stream(writingId, prompt, cancellation, tooLate));

    public bool TrySummarize(ModelPrompt prompt)
    {
        Summaries.Add(prompt);
        return true;
    }

    /// <summary>The turns of a rehearsal's buyer that the model was asked to play.</summary>
    public List<(string TurnId, ModelPrompt Prompt, CancellationToken Cancellation)> Played { get; } = [];

    public bool TryPlay(string turnId, ModelPrompt prompt, CancellationToken cancellation)
    {
        if (State == ModelState.Ready)
        {
            Played.Add((turnId, prompt, cancellation));
        }

        return State == ModelState.Ready;
    }

    /// <summary>The model plays the buyer.</summary>
    public void Plays(string words, bool ends = false)
    {
        post(new BuyerWords(Played[^1].TurnId, words, Replaces: false));
        if (ends)
        {
            post(new BuyerEnded(Played[^1].TurnId));
        }
    }

    /// <summary>The newest stream writes words.</summary>
    public void Says(string words) => post(new WordsWritten(Last.Id, words));

    /// <summary>The newest stream writes a part as the model's filter made it.</summary>
    public void Says(AnswerPart part) =>
        post(new WordsWritten(Last.Id, part.Text)
        {
            Model = part.Model,
            Replaces = part.Replaces,
            UnsupportedFigures = part.UnsupportedFigures,
        });

    /// <summary>The newest stream ends.</summary>
    public void Ends(ModelFailure? failure = null) => post(new WritingEnded(Last.Id, failure));

    public sealed record Stream(long Id, ModelPrompt Prompt, CancellationToken Cancellation, CancellationToken TooLate)
    {
        public bool Open => !Cancellation.IsCancellationRequested;

        public bool GivenUp => TooLate.IsCancellationRequested;
    }
}

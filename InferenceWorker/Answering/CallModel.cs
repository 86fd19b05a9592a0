using System.Diagnostics;
using System.Text;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Runs one call's streams, and puts what comes of them into the call's mailbox.</summary>
/// <param name="services">The model and the gate that all calls share.</param>
/// <param name="time">The clock.</param>
/// <param name="usage">Records what is asked of the model.</param>
public sealed class CallModel(string callId, ModelServices services, TimeProvider time, Func<CallInput, bool> post, IModelUsage usage)
    : ICallModel
{
    /// <summary>The call is a rehearsal: live calls go first.</summary>
    public bool Rehearses { get; init; }

    /// <summary>Finds answers that repeat what was suggested before; null where none is looked for.</summary>
    public RepetitionCheck? Repetition { get; init; }

    // The place in the line is kept while a newer answer replaces an older one, and given up in every other case.
    bool wroteInThisPlace;

    public ModelState State => services.Model.State is ModelState.Ready && usage.OverBudget ? ModelState.OverBudget : services.Model.State;

    public AdmissionLoad Load => services.Gate.Load;

    public IModelUsage Usage => usage;

    public AdmissionTicket? TryAskSpare() => services.Gate.TryAskSpare($"{callId}/attempt", ticket => post(new AdmissionMoved(ticket)));

    public AdmissionTicket? Promote(AdmissionTicket spare) => services.Gate.Promote(spare, callId) ? spare : null;

    public AdmissionTicket Ask(TimeSpan askedAgo) => services.Gate.Ask(
        callId,
        ticket => post(new AdmissionMoved(ticket)),
        time.GetTimestamp() - (long)(askedAgo.TotalSeconds * time.TimestampFrequency),
        Rehearses);

    public void Release(AdmissionTicket ticket)
    {
        wroteInThisPlace = false;
        services.Gate.Release(ticket);
    }

    public void Write(long writingId, ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate)
    {
        if (wroteInThisPlace)
        {
            usage.Replace();
        }

        wroteInThisPlace = true;
        _ = Stream(writingId, prompt, cancellation, tooLate);
    }

    public bool TrySummarize(ModelPrompt prompt)
    {
        // Not disposed of: the gate may still cancel it while the summary ends, and it holds no timer.
        var cutOff = new CancellationTokenSource();
        if (services.Gate.TryAskSpare($"{callId}/summary", _ => cutOff.Cancel()) is not { } ticket)
        {
            return false;
        }

        _ = Summarize(prompt, ticket, cutOff);
        return true;
    }

    public bool TryPlay(string turnId, ModelPrompt prompt, CancellationToken cancellation)
    {
        // Not disposed of, for the same reason as a summary's.
        var cutOff = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (services.Gate.TryAskSpare($"{callId}/buyer/{turnId}", _ => cutOff.Cancel()) is not { } ticket)
        {
            return false;
        }

        _ = Play(turnId, prompt, ticket, cutOff, cancellation);
        return true;
    }

    async Task Play(
        string turnId, ModelPrompt prompt, AdmissionTicket ticket, CancellationTokenSource cutOff, CancellationToken cancellation)
    {
        Activity.Current = null;
        try
        {
            var deltas = services.Model.Stream(prompt, cutOff.Token).Metered(prompt, usage.Spend, cutOff.Token);
            await foreach (var words in deltas)
            {
                post(new BuyerWords(turnId, words.Text, words.Replaces));
            }
        }
        catch (Exception error) when (error is ModelException or OperationCanceledException)
        {
            // What was written stands; the buyer's own lines take the place of nothing at all.
        }

        services.Gate.Release(ticket);
        if (!cancellation.IsCancellationRequested)
        {
            post(new BuyerEnded(turnId));
        }
    }

    async Task Summarize(ModelPrompt prompt, AdmissionTicket ticket, CancellationTokenSource cutOff)
    {
        // It belongs to no suggestion, whichever was being handled when there was room for it.
        Activity.Current = null;
        var text = new StringBuilder();
        var failed = false;
        try
        {
            await foreach (var words in services.Model.Stream(prompt, cutOff.Token).Metered(prompt, usage.Spend, cutOff.Token))
            {
                text.Length = words.Replaces ? 0 : text.Length;
                text.Append(words.Text);
            }
        }
        catch (OperationCanceledException)
        {
            text.Clear();
        }
        catch (ModelException)
        {
            failed = true;
        }

        services.Gate.Release(ticket);
        post(new SummaryEnded(text.ToString(), failed));
    }

    async Task Stream(long writingId, ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate)
    {
        ModelFailure? failure = null;
        var answer = new StringBuilder();
        var repeats = false;
        try
        {
            var deltas = services.Model.Stream(prompt, cancellation, tooLate).Metered(prompt, usage.Spend, cancellation, tooLate);
            await foreach (var words in deltas)
            {
                answer.Length = words.Replaces ? 0 : answer.Length;
                answer.Append(words.Text);
                post(new WordsWritten(writingId, words.Text)
                {
                    Model = words.Model,
                    Replaces = words.Replaces,
                    UnsupportedFigures = words.UnsupportedFigures,
                });
            }

            repeats = Repetition is not null && await Repetition.Repeats(answer.ToString(), prompt, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (ModelException error)
        {
            failure = error.Failure;
        }

        post(new WritingEnded(writingId, failure) { Repeats = repeats });
    }
}

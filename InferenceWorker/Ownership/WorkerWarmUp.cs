using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.InferenceWorker.Models.Speech;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// Runs one made-up turn through a call's stages, up to its first words, before the worker takes calls: code is compiled at its first use,
/// and the first customer would wait for it. Nothing is sent, kept, counted or asked of a model.
/// </summary>
sealed class WorkerWarmUp(CallServices services) : IHostedService
{
    const string Name = "warm-up";

    // No card answers it: one that is shown would be counted.
    const string Question = "And what else would you say to somebody who is not sure whether that is worth it?";
    const string Answer = "Yes, of course: ";
    const string Claims = "It costs 20 percent less until 3 March, and we guarantee a refund within 30 days.";

    // From so many calls on the runtime optimises a method (TieredCompilation); that of a search is large, and slow before.
    const int CallsUntilOptimised = 30;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var matched = new TaskCompletionSource<CallInput>();
        var (time, brief) = (services.Time, new CallBrief("Kim", "Dana", "Acme"));
        var observer = new CallObserver(Name, epoch: 1, new NoOutput(), new WorkerLedger(time), time);
        var model = new NoModel(observer);
        var voices = new CallTranscription(new CallTranscriber(services.Transcription, _ => true), services.Transcription.SpeechModel);
        var stored = new StoredCall(new CallRecord(Name, "", Subject: null, time.GetUtcNow(), brief, "en"), Ownership: null, []);
        observer.Begin(stored);
        var clock = new CallClock(time, stored.Record.StartedAt);
        var matching = new CallMatching(services.Stages.Matching, matched.TrySetResult);
        var pipeline = new CallPipeline(stored, services.Stages, clock, observer, model, matching, voices, new Presence());
        pipeline.Handle(new ClientAttached(Name));
        pipeline.Handle(Heard(Speaker.Rep, "Thank you for your time."));
        pipeline.Handle(Heard(Speaker.Customer, Question));
        pipeline.Handle(await matched.Task.WaitAsync(cancellationToken));
        if (services.Stages.Matching.Playbook is { Cards: [var card, ..], Version: var version } playbook)
        {
            // A stage that starts late has compared it by words alone.
            playbook.Best(Question);
            var view = card.Fill(brief, "customer", version);
            observer.Emit(new CardShown(view.CardId, view.TurnId, view.Title, view.Text, view.Fact, view.Source, version));
        }

        var words = new SpeechFilter(spoken: true, opensInThought: false).Write(Answer)?.Text ?? Answer;
        pipeline.Handle(new WordsWritten(model.WritingId, words));
        _ = (pipeline.Due, observer.Facts);
        for (var call = 0; call < CallsUntilOptimised; call++)
        {
            ClaimGuard.Unsupported(Claims, new ClaimSources(Offered: Question, Said: Question));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static CallInput Heard(Speaker speaker, string text)
    {
        var segment = new TranscriptSegment(speaker.ToString(), speaker, text, Final: true, EndOfTurn: true);
        return Carried(BusChannels.Worker(Name), new ToWorker(Name, Epoch: 1, Name, Seq: 1, new SegmentHeard(segment))).Input;
    }

    /// <summary>Writes and reads a message, as the bus does.</summary>
    static T Carried<T>(BusChannel<T> channel, T message) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(message, channel.Codec), channel.Codec)!;

    sealed class NoOutput : ICallOutput
    {
        public void Emit(CallEvent callEvent, string? connectionId = null, long? since = null) =>
            Carried(BusChannels.Call(Name), new FromWorker(Epoch: 1, Seq: 1, callEvent));

        public void Keep(CallInput entry)
        {
        }
    }

    sealed class NoModel(IModelUsage usage) : ICallModel
    {
        public long WritingId { get; private set; }

        public ModelState State => ModelState.Ready;

        public AdmissionLoad Load => new(Slots: 1, Used: 0, Pending: 0, Held: 0);

        public IModelUsage Usage => usage;

        public AdmissionTicket Ask(TimeSpan askedAgo) =>
            new(Name, _ => { }, TimeSpan.Zero, TimeSpan.Zero, number: 0) { State = AdmissionState.Granted };

        public AdmissionTicket? TryAskSpare() => null;

        public AdmissionTicket? Promote(AdmissionTicket spare) => null;

        public void Release(AdmissionTicket ticket)
        {
        }

        public void Write(long writingId, ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate) =>
            WritingId = writingId;

        public bool TrySummarize(ModelPrompt prompt) => false;

        public bool TryPlay(string turnId, ModelPrompt prompt, CancellationToken cancellation) => false;
    }
}

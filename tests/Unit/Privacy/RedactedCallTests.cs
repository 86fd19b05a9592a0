using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Privacy;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.Tests.Unit.Pipeline;

namespace Teleprompter.Tests.Unit.Privacy;

public sealed class RedactedCallTests
{
    const string Said = "That is too expensive for us, and my card is 4111 1111 1111 1111.";
    const string Redacted = "That is too expensive for us, and my card is [card number].";

    static readonly Redactor redactor = new(Options.Create(new PrivacyOptions()));
    static readonly SegmentHeard heard = redactor.Redact(new TranscriptSegment("1", Speaker.Customer, Said, Final: true));

    [Test]
    public void The_rep_sees_what_was_said_also_in_a_snapshot_and_the_model_is_asked_without_it()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Give(heard);
        call.Give(new ClientAttached("connection-2"));
        Assert.That(call.Events.OfType<TranscriptUpdated>().Single().Text, Is.EqualTo(Said));
        Assert.That(call.Events.OfType<Restored>().Last().Segments.Single().Text, Is.EqualTo(Said));
        Assert.That(call.Model.Last.Prompt.Messages[^1].Text, Does.Contain("[card number]").And.Not.Contain("4111"));
    }

    [Test]
    public void What_was_said_is_neither_kept_nor_restored()
    {
        var journal = new CallJournal(new StoredCall(new CallRecord("c", "h", null, default, CallBrief.Empty, null), new("w", 1), []));
        journal.Note(heard);
        Assert.That(journal.Call.Entries.Single(), Is.EqualTo(new SegmentHeard(heard.Segment)));

        var call = new PipelineRun([heard.Kept()]);
        call.Give(new ClientAttached("connection-2"));
        Assert.That(call.Events.OfType<Restored>().Last().Segments.Single().Text, Is.EqualTo(Redacted));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

[CancelAfter(30_000)]
public sealed class AzureEndpointTests
{
    static readonly ModelOptions options = new();

    [Test]
    public async Task An_Azure_deployment_answers_and_sees_an_abort_when_the_reader_leaves(CancellationToken cancellation)
    {
        await using var server = await ScriptedModelServer.StartAsync(
            new ModelScript { FirstToken = TimeSpan.FromMilliseconds(5) }, cancellation: cancellation);
        using var transport = new ModelTransport(TimeSpan.FromSeconds(3), traceparent: false);
        var client = AzureEndpoint.Client(new Uri(server.Endpoint, "/"), "key", transport).GetChatClient("deployment");
        var model = new ChatModel("deployment", client, new ModelBreaker(options, TimeProvider.System, _ => { }),
            new ModelFailureLog("deployment", "key", TimeProvider.System, NullLogger.Instance), TimeProvider.System);
        await using (
            var stream = await ModelStream.Open(
                model, ModelUnderTest.Prompt, TimeSpan.FromSeconds(5), options, TimeProvider.System, cancellation))
        {
            Assert.That(stream.First!.Text, Does.StartWith("That"));
        }

        var request = (await server.Requests.Until(all => all[0].End != RequestEnd.Open, TimeSpan.FromSeconds(5)))[0];
        Assert.That((request.Model, request.End), Is.EqualTo(("deployment", RequestEnd.Aborted)));
    }
}

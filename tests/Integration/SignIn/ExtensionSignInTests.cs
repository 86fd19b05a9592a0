using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>What the gateway tells the Chrome extension before somebody is signed in there.</summary>
[CancelAfter(60_000)]
public sealed class ExtensionSignInTests : ProviderTests
{
    const string Path = "/sign-in/extension";

    [Test]
    public async Task The_extension_is_told_as_what_and_where_it_gets_tokens()
    {
        var client = (await Read(Gateway)).GetProperty("client");

        Assert.That(client.GetProperty("clientId").GetString(), Is.EqualTo(ScriptedSignInServer.Extension));
        Assert.That(client.GetProperty("scope").GetString(), Is.EqualTo("openid profile offline_access"));
        Assert.That(client.GetProperty("issuer").GetString(), Is.EqualTo(Provider.Authority.ToString()));
        Assert.That(client.GetProperty("authorizationEndpoint").GetString(), Is.EqualTo($"{Provider.Authority}authorize"));
        Assert.That(client.GetProperty("tokenEndpoint").GetString(), Is.EqualTo($"{Provider.Authority}token"));
        Assert.That(client.GetProperty("revocationEndpoint").GetString(), Is.EqualTo($"{Provider.Authority}revoke"));
    }

    [Test]
    public async Task Where_the_extension_is_not_registered_or_nobody_signs_in_there_is_no_client()
    {
        await using var without = await RunningGateway.Start(null, [.. Provider.Settings, "--SignIn:ExtensionClientId="]);
        await using var open = await RunningGateway.Start();

        Assert.That((await Read(without)).ToString(), Is.EqualTo("""{"required":true,"client":null}"""));
        Assert.That((await Read(open)).ToString(), Is.EqualTo("""{"required":false,"client":null}"""));
    }

    [Test]
    public async Task A_provider_that_is_away_is_a_503_and_no_crash()
    {
        await using var lonely = await RunningGateway.Start(
            null, "--SignIn:Authority=http://127.0.0.1:1/", "--SignIn:ClientId=pages", "--SignIn:Audience=teleprompter",
            "--SignIn:ExtensionClientId=extension");

        using var answer = await SignInClient.Ask(lonely, HttpMethod.Get, Path, accessToken: null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [TestCase(Path)]
    [TestCase("/sign-in/me")]
    public async Task Another_origin_is_told_nothing(string path)
    {
        using var answer = await SignInClient.Ask(Gateway, HttpMethod.Get, path, accessToken: null, "chrome-extension://other");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Whoever_has_an_access_token_is_told_whose_it_is()
    {
        using var ann = await SignInClient.Ask(Gateway, HttpMethod.Get, "/sign-in/me", await Provider.AccessToken("ann"));
        using var nobody = await SignInClient.Ask(Gateway, HttpMethod.Get, "/sign-in/me", "forged");

        Assert.That(await ann.Content.ReadAsStringAsync(), Is.EqualTo("""{"required":true,"name":"Ann Rep","role":"rep"}"""));
        Assert.That(await nobody.Content.ReadAsStringAsync(), Is.EqualTo("""{"required":true,"name":null,"role":null}"""));
    }

    static async Task<JsonElement> Read(RunningGateway gateway)
    {
        using var answer = await SignInClient.Ask(gateway, HttpMethod.Get, Path, accessToken: null);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

using System.Globalization;
using System.Net;
using Teleprompter.Tests.ScriptedSignIn;

// dotnet run --project tests/ScriptedSignIn [-- PORT [any]]; "any" listens on every address, as a container must.
var port = args is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 5070;
await using var server = await ScriptedSignInServer.StartAsync(port, args is [_, "any"] ? IPAddress.Any : IPAddress.Loopback);
Console.WriteLine(
    $"The scripted sign-in listens: SignIn__Authority={server.Authority} SignIn__ClientId={ScriptedSignInServer.Pages} "
    + $"SignIn__Audience={ScriptedSignInServer.Audience} SignIn__TeamClaim=team "
    + $"SignIn__ExtensionClientId={ScriptedSignInServer.Extension}");
await server.WaitForShutdownAsync();

using Microsoft.Extensions.Options;

namespace Teleprompter.Gateway.SignIn;

/// <summary>Says in the log that nobody signs in.</summary>
sealed partial class DevelopmentNotice(IOptions<SignInOptions> options, ILogger<DevelopmentNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Required)
        {
            LogDevelopment();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        LogLevel.Warning,
        "Development mode: nobody signs in, and only this machine is served. Set SignIn:Authority to your company's OpenID Connect "
        + "provider to serve others")]
    partial void LogDevelopment();
}

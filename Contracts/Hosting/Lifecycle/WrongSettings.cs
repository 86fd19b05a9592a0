using Microsoft.Extensions.Options;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>Ends a process whose settings are wrong with what to set, and without a stack.</summary>
public static class WrongSettings
{
    const int ExitCode = 2;

    /// <summary>From now on, an unhandled exception about settings is written as its message.</summary>
    public static void AreToldPlainly() => AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
    {
        if (failure.ExceptionObject is ArgumentException { ParamName: "connectionString" } or OptionsValidationException)
        {
            var message = ((Exception)failure.ExceptionObject).Message;
            Console.Error.WriteLine(message.Replace(" (Parameter 'connectionString')", "", StringComparison.Ordinal));
            Environment.Exit(ExitCode);
        }
    };
}

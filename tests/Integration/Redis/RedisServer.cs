using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>
/// A real redis-server on a port of its own, without anything on disk, that can be killed, paused, started again on the same port and
/// emptied. It has the users of <c>deploy</c>, each with its name as password, and the default user for the test itself. Dies with the
/// test.
/// </summary>
sealed class RedisServer : IAsyncDisposable
{
    const int Kill9 = 9;
    const int Continue18 = 18;
    const int Stop19 = 19;
    static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(10);

    static readonly string[] Users =
    [
        .. from line in File.ReadLines(Path.Combine(RepositoryFiles.Deploy, "k8s", "redis", "users.acl"))
           where !line.StartsWith("user default", StringComparison.Ordinal)
           from word in line.Replace("#GATEWAY_SHA256", ">gateway", StringComparison.Ordinal)
               .Replace("#WORKER_SHA256", ">worker", StringComparison.Ordinal).Split(' ')
           select word == "user" ? "--user" : word,
    ];

    readonly string? password;
    readonly string[] options;
    Process? process;
    bool paused;

    RedisServer(int port, string? password, string[] options) => (Port, this.password, this.options) = (port, password, options);

    public int Port { get; }

    /// <summary>The user of gateways or, where there is one, the default user with its password.</summary>
    public string ConnectionString => password is null ? As("gateway", Port) : $"127.0.0.1:{Port},password={password}";

    /// <summary>A connection string for a user of <c>deploy</c>.</summary>
    public static string As(string user, int port) => $"127.0.0.1:{port},user={user},password={user}";

    /// <summary>A server that is not running yet.</summary>
    /// <param name="password">The password of the default user; null for none.</param>
    /// <param name="options">Further options of redis-server's command line.</param>
    public static RedisServer Stopped(string? password = null, params string[] options) => new(FreePort(), password, options);

    /// <summary>A loopback port on which nothing listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A server that answers.</summary>
    /// <param name="password">The password of the default user; null for none.</param>
    /// <param name="options">Further options of redis-server's command line.</param>
    public static async Task<RedisServer> Start(string? password = null, params string[] options)
    {
        var server = Stopped(password, options);
        await server.Start();
        return server;
    }

    /// <summary>Starts it, again if need be, empty and on the same port. Returns when it answers.</summary>
    public async Task Start()
    {
        List<string> arguments =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--logfile", "/dev/null", .. Users, .. options,
        ];
        if (password is not null)
        {
            arguments.AddRange(["--requirepass", password]);
        }

        process = Process.Start(new ProcessStartInfo("redis-server", arguments) { UseShellExecute = false })
            ?? throw new InvalidOperationException("redis-server did not start.");
        AppDomain.CurrentDomain.ProcessExit += KillLeftover;
        await Poll.Until(Answers, StartWithin, "redis-server answers");
    }

    /// <summary>SIGKILL. Returns when it is gone.</summary>
    public async Task Kill()
    {
        if (process is { } running)
        {
            AppDomain.CurrentDomain.ProcessExit -= KillLeftover;
            process = null;
            Signal(running, Kill9);
            await running.WaitForExitAsync();
            running.Dispose();
        }
    }

    /// <summary>SIGSTOP: connections stay open and nothing is answered.</summary>
    public void Pause()
    {
        paused = true;
        Signal(process!, Stop19);
    }

    /// <summary>SIGCONT.</summary>
    public void Continue()
    {
        paused = false;
        Signal(process!, Continue18);
    }

    /// <summary>Forgets all data.</summary>
    public Task FlushAll() => Command("FLUSHALL");

    /// <summary>Runs a command on a connection of its own.</summary>
    /// <returns>Redis' reply; the elements of an array are on a line each.</returns>
    /// <exception cref="InvalidOperationException">Redis answered with an error.</exception>
    public async Task<string> Command(params string[] command)
    {
        await using var connection = await RespConnection.Connect(Port);
        if (password is not null)
        {
            await connection.Send("AUTH", password);
        }

        return await connection.Send(command);
    }

    /// <summary>What Redis refused since it started, or since the test emptied the list. The product must ask for nothing that is
    /// refused.</summary>
    public Task<string> Refused() => Command("ACL", "LOG");

    /// <exception cref="InvalidOperationException">Redis had to refuse something.</exception>
    public async ValueTask DisposeAsync()
    {
        var refused = process is null || paused ? "" : await Refused();
        await Kill();
        if (refused.Length > 0)
        {
            throw new InvalidOperationException($"Redis refused what deploy/k8s/redis/users.acl does not allow: {refused}");
        }
    }

    static void Signal(Process process, int signal)
    {
        if (SendSignal(process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} did not reach redis-server.");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int processId, int signal);

    void KillLeftover(object? sender, EventArgs e) => process?.Kill();

    async Task<bool> Answers()
    {
        try
        {
            return await Command("PING") == "PONG";
        }
        catch (SocketException) when (process is { HasExited: false })
        {
            return false;
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>A bare connection to Redis, so that a test can look at it without the client under test.</summary>
sealed class RespConnection : IAsyncDisposable
{
    readonly TcpClient client;
    readonly StreamReader reader;

    RespConnection(TcpClient client)
    {
        this.client = client;
        // One character a byte: lengths in the protocol count bytes.
        reader = new StreamReader(client.GetStream(), Encoding.Latin1);
    }

    public static async Task<RespConnection> Connect(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        return new RespConnection(client);
    }

    /// <returns>The reply; the elements of an array are on a line each.</returns>
    public async Task<string> Send(params string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var part in command)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        }

        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        return await Reply();
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<string> Reply()
    {
        var line = await reader.ReadLineAsync() ?? throw new IOException("Redis closed the connection.");
        return line[0] switch
        {
            '-' => throw new InvalidOperationException(line[1..]),
            '$' => await Bulk(int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)),
            '*' => await Elements(int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)),
            _ => line[1..],
        };
    }

    async Task<string> Bulk(int length)
    {
        if (length < 0)
        {
            return "";
        }

        var characters = new char[length + 2];
        await reader.ReadBlockAsync(characters);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(characters, 0, length));
    }

    async Task<string> Elements(int count)
    {
        var elements = new List<string>();
        for (var i = 0; i < count; i++)
        {
            elements.Add(await Reply());
        }

        return string.Join('\n', elements);
    }
}

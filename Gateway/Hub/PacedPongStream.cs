using Microsoft.AspNetCore.Http.Features;

namespace Teleprompter.Gateway.Hub;

/// <summary>
/// The bytes of a WebSocket, on which at most ten pongs a second leave. The runtime answers each ping before it reads on, and tells
/// nobody: a flood of pings would never reach the hub that is read at a pace.
/// </summary>
public sealed class PacedPongStream(Stream inner, TimeProvider time) : Stream
{
    const byte FinalPong = 0x8A;

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    long? last;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Has the WebSockets of these requests answer pings at this pace.</summary>
    public static Task Use(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            var time = context.RequestServices.GetRequiredService<TimeProvider>();
            context.Features.Set<IHttpUpgradeFeature>(new PacedUpgrade(upgrade, time));
        }

        return next(context);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Span is [FinalPong, ..])
        {
            if (last is { } before && Between - time.GetElapsedTime(before) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            last = time.GetTimestamp();
        }

        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    sealed class PacedUpgrade(IHttpUpgradeFeature inner, TimeProvider time) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new PacedPongStream(await inner.UpgradeAsync(), time);
    }
}

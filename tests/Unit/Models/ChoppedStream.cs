namespace Teleprompter.Tests.Unit.Models;

/// <summary>Bytes that come a few at a time.</summary>
sealed class ChoppedStream(byte[] bytes, int size) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
}
